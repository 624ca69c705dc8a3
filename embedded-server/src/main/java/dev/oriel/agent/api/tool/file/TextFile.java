package dev.oriel.agent.api.tool.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The text of a file with what is needed to write it again: its encoding, its mark of the byte
/// order and its line ends. Immutable.
///
/// @param raw with the line ends of the file, without the mark
/// @param mark bytes before the text
record TextFile(String raw, Charset charset, byte[] mark) {
    private static final int SAMPLE = 8 * 1024;
    private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final byte[] LITTLE_ENDIAN_MARK = {(byte) 0xff, (byte) 0xfe};
    private static final byte[] BIG_ENDIAN_MARK = {(byte) 0xfe, (byte) 0xff};
    private static final byte[] NONE = {};

    /// A text that is written for the first time.
    static TextFile create(String text) {
        return new TextFile(text, StandardCharsets.UTF_8, NONE);
    }

    /// @return null if the bytes are not text
    static @Nullable TextFile of(byte[] bytes) {
        if (startsWith(bytes, UTF_8_MARK)) {
            return strict(bytes, StandardCharsets.UTF_8, UTF_8_MARK);
        }
        if (startsWith(bytes, LITTLE_ENDIAN_MARK)) {
            return strict(bytes, StandardCharsets.UTF_16LE, LITTLE_ENDIAN_MARK);
        }
        if (startsWith(bytes, BIG_ENDIAN_MARK)) {
            return strict(bytes, StandardCharsets.UTF_16BE, BIG_ENDIAN_MARK);
        }
        if (isBinary(bytes)) {
            return null;
        }
        TextFile text = strict(bytes, StandardCharsets.UTF_8, NONE);
        return text == null ? strict(bytes, StandardCharsets.ISO_8859_1, NONE) : text;
    }

    private static boolean startsWith(byte[] bytes, byte[] mark) {
        return bytes.length >= mark.length
                && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }

    /// Whether the beginning of a file is not text of an encoding without a mark.
    static boolean isBinary(byte[] bytes) {
        int length = Math.min(bytes.length, SAMPLE);
        int controls = 0;
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            if (b == 0) {
                return true;
            }
            if ((b > 0 && b < ' ' && "\t\n\r\f\u001b\b".indexOf(b) < 0) || b == 127) {
                controls++;
            }
        }
        return controls * 10 > length;
    }

    private static @Nullable TextFile strict(byte[] bytes, Charset charset, byte[] mark) {
        try {
            String text =
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes, mark.length, bytes.length - mark.length))
                            .toString();
            return new TextFile(text, charset, mark);
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /// The text with `\n` as its only line end.
    String text() {
        return raw.indexOf('\r') < 0 ? raw : raw.replace("\r\n", "\n");
    }

    /// The line end that most lines have.
    String lineEnd() {
        int crlf = 0;
        int lf = 0;
        for (int i = raw.indexOf('\n'); i >= 0; i = raw.indexOf('\n', i + 1)) {
            if (i > 0 && raw.charAt(i - 1) == '\r') {
                crlf++;
            } else {
                lf++;
            }
        }
        return crlf > lf ? "\r\n" : "\n";
    }

    /// Replaces parts of the text. Lines that are not touched keep their line ends.
    ///
    /// @param old with `\n` as its only line end; not empty
    /// @param replacement with `\n` as its only line end
    TextFile replace(String old, String replacement, boolean all) {
        String text = text();
        String inserted = replacement.replace("\n", lineEnd());
        StringBuilder result = new StringBuilder(raw.length() + inserted.length());
        int[] position = {0, 0}; // in the text, in the raw text
        int copied = 0;
        for (int at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + old.length())) {
            int start = advance(position, at);
            result.append(raw, copied, start).append(inserted);
            copied = advance(position, at + old.length());
            if (!all) {
                break;
            }
        }
        return with(result.append(raw, copied, raw.length()).toString());
    }

    private int advance(int[] position, int target) {
        while (position[0] < target) {
            boolean pair =
                    raw.charAt(position[1]) == '\r'
                            && position[1] + 1 < raw.length()
                            && raw.charAt(position[1] + 1) == '\n';
            position[0]++;
            position[1] += pair ? 2 : 1;
        }
        return position[1];
    }

    /// Another text with the same encoding.
    TextFile with(String newRaw) {
        return new TextFile(newRaw, charset, mark);
    }

    /// @throws FileFault if the encoding does not have a character
    byte[] bytes() throws FileFault {
        try {
            ByteBuffer encoded =
                    charset.newEncoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .encode(CharBuffer.wrap(raw));
            byte[] bytes = Arrays.copyOf(mark, mark.length + encoded.remaining());
            encoded.get(bytes, mark.length, encoded.remaining());
            return bytes;
        } catch (CharacterCodingException e) {
            throw FileFault.failed(
                    "The new text has characters that cannot be written in the encoding of the"
                            + " file ("
                            + charset.name()
                            + "). The file was not changed.");
        }
    }
}
