package dev.oriel.agent.cli.process;

import dev.oriel.message.Json;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Splits a stream of bytes into lines, without decoding characters.
///
/// Each line is copied once. The last line needs no line break, and blank lines are skipped. A line
/// over the limit is skipped to its end and only reported, so that the following lines are not
/// lost. Nothing is buffered beyond the current line: a listener that blocks makes the writer of
/// the stream wait.
///
/// For one thread.
public final class LineReader {
    /// Receives the lines.
    public interface LineListener {
        /// @param line without its line break, never blank; the listener may keep it
        void onLine(byte[] line);

        /// A line was longer than the limit and was skipped.
        void onLineTooLong();

        /// All lines of one read have been passed on; the next one may take a while.
        default void onBatchEnd() {}
    }

    // Twice the capacity of a pipe: the contents of a full pipe fit after the rest of a line.
    private static final int USUAL_BUFFER = 128 * 1024;
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LINE_BREAKS = 0x0A0A0A0A0A0A0A0AL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private static final long LEAST = 4 * 1024 * 1024;

    /// A line exists in about ten forms at once on its way to the journal and the clients, of which
    /// the buffer here is one.
    private static final int SHARE_OF_HEAP = 16;

    private final InputStream in;
    private final int maxLine;
    private final LineListener lines;
    private byte[] buffer;
    private int end;
    private boolean skipping;

    /// @param maxLine bytes
    LineReader(InputStream in, int maxLine, LineListener lines) {
        this.in = in;
        this.maxLine = maxLine;
        this.lines = lines;
        this.buffer = new byte[Math.min(USUAL_BUFFER, maxLine + 1)];
    }

    /// The limit for the lines of an agent, in bytes: 4 to 64 MiB, depending on the heap.
    public static int maxLineBytes() {
        return maxLineBytes(Runtime.getRuntime().maxMemory());
    }

    /// @param heap maximum size of the heap in bytes
    static int maxLineBytes(long heap) {
        return (int) Math.clamp(heap / SHARE_OF_HEAP, LEAST, Json.MAX_LINE);
    }

    /// Reads until the end of the stream. An error ends it too.
    void readAll() {
        int n;
        while ((n = read()) >= 0) {
            int from = end;
            end += n;
            cut(from);
            lines.onBatchEnd();
            makeRoom();
        }
        if (skipping) {
            lines.onLineTooLong();
        } else if (end > 0) {
            emit(0, end);
        }
        lines.onBatchEnd();
    }

    private int read() {
        try {
            return in.read(buffer, end, buffer.length - end);
        } catch (IOException e) {
            // The pipe of a process that has ended. The exit code reports the reason.
            return -1;
        }
    }

    /// Passes the complete lines on, searching line breaks from `from`, and moves the rest to the
    /// front.
    private void cut(int from) {
        int start = 0;
        int at = lineBreak(from);
        while (at >= 0) {
            if (skipping) {
                skipping = false;
                lines.onLineTooLong();
            } else {
                emit(start, at);
            }
            start = at + 1;
            at = lineBreak(start);
        }
        if (skipping) {
            end = 0;
        } else if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
        }
    }

    private void makeRoom() {
        if (end > maxLine) {
            skipping = true;
            end = 0;
        } else if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * end, maxLine + 1L));
        }
        if (end == 0 && buffer.length > USUAL_BUFFER) {
            buffer = new byte[USUAL_BUFFER];
        }
    }

    private void emit(int start, int stop) {
        if (!isBlank(start, stop)) {
            lines.onLine(Arrays.copyOfRange(buffer, start, stop));
        }
    }

    private boolean isBlank(int start, int stop) {
        for (int i = start; i < stop; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\r' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /// Compares eight bytes at a time: a byte of `word` is zero where there is a line break.
    private int lineBreak(int from) {
        int i = from;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long word = (long) LONGS.get(buffer, i) ^ LINE_BREAKS;
            long found = (word - ONES) & ~word & HIGH_BITS;
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        for (; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
