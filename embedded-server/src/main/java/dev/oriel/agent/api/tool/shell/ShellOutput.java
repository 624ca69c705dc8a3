package dev.oriel.agent.api.tool.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// What a command has printed, as the model and the window receive it. Immutable.
///
/// @param text the output, or its beginning if it is long; without blank lines at both ends
/// @param file where the whole output is; of interest only if it is long
/// @param size of the whole output in bytes
/// @param isLong whether the text is only a part
/// @param isCut whether the file has only the beginning too
record ShellOutput(String text, Path file, long size, boolean isLong, boolean isCut) {
    /// The most characters that the model receives.
    static final int MOST_TEXT = 30_000;

    private static final int PREVIEW = 2_000;

    /// Reads the output of a command that has ended.
    ///
    /// @throws IOException if the file cannot be read
    static ShellOutput of(ShellProcess process) throws IOException {
        Path file = process.output();
        long written = process.written();
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(MOST_TEXT * 4 + 4); // a character has at most four bytes
        }
        long kept = Files.size(file);
        String text = printable(new String(head, StandardCharsets.UTF_8)).strip();
        boolean isLong = text.length() > MOST_TEXT || kept > head.length;
        return new ShellOutput(
                isLong ? start(text, MOST_TEXT) : text, file, written, isLong, written > kept);
    }

    /// The output so far of a command that may still run: all of it, or its beginning and its end
    /// with a note between them.
    ///
    /// @throws IOException if the file cannot be read
    static String textOf(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size <= MOST_TEXT) {
                return printable(read(channel, 0, (int) size)).strip();
            }
            int half = MOST_TEXT / 2;
            return printable(read(channel, 0, half)).stripLeading()
                    + "\n\n["
                    + size(size - MOST_TEXT)
                    + " left out; all of it is in "
                    + file
                    + "]\n\n"
                    + printable(read(channel, size - half, half)).stripTrailing();
        }
    }

    private static String read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
            // until the buffer is full, or the file was cut meanwhile
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }

    /// For the model: all of it, or where it is and its beginning.
    String forModel() {
        if (!isLong) {
            return text;
        }
        String preview = start(text, PREVIEW);
        int line = preview.lastIndexOf('\n');
        return "<persisted-output>\nOutput too large ("
                + size(size)
                + "). Full output saved to: "
                + file
                + (isCut ? "\n(the file has the first " + size(kept()) + " only)" : "")
                + "\n\nPreview (first 2KB):\n"
                + (line > PREVIEW / 2 ? preview.substring(0, line) : preview)
                + "\n...\n</persisted-output>";
    }

    private long kept() {
        return Math.min(size, ShellProcess.MOST_OUTPUT);
    }

    private static String start(String text, int most) {
        int end = Math.min(text.length(), most);
        return text.substring(
                0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    /// NUL is legal in JSON, but not everywhere where the text goes.
    private static String printable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        double number = bytes / 1024.0;
        String unit = "KB";
        if (number >= 1024) {
            number /= 1024;
            unit = "MB";
        }
        if (number >= 1024) {
            number /= 1024;
            unit = "GB";
        }
        String text = String.format(Locale.ROOT, "%.1f", number);
        return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + unit;
    }
}
