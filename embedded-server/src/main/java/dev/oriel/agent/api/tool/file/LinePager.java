package dev.oriel.agent.api.tool.file;

import dev.oriel.agent.api.cancel.CancelScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads lines of large files. The first read of a file notes where lines begin; later reads of the
/// same version need only the part that they show. Thread-safe.
final class LinePager {
    /// The position of each of so many lines is kept.
    private static final int STEP = 1_024;

    private static final int BLOCK = 1 << 20;
    private static final int MAX_INDEXES = 8;

    private final Map<Path, Index> indexes = new LinkedHashMap<>(); // guarded by this

    /// @param positions where the lines 0, 1024, 2048, … begin
    /// @param lineCount a line end at the end of the file begins another line
    private record Index(Version version, long[] positions, long lineCount) {}

    private record Version(long size, long modified, @Nullable Object key) {}

    /// A part of a file.
    ///
    /// @param text lines with `\n` between them
    /// @param isCut whether the part is larger than was allowed; the text is empty then
    record Page(String text, long lineCount, boolean isCut) {}

    /// @param first number of the first line, from 1
    /// @param limit number of lines
    /// @param maxBytes of the part
    Page read(
            Path file,
            BasicFileAttributes attributes,
            long first,
            long limit,
            int maxBytes,
            CancelScope cancel)
            throws IOException {
        Version version =
                new Version(
                        attributes.size(),
                        attributes.lastModifiedTime().toMillis(),
                        attributes.fileKey());
        try (FileChannel channel =
                FileChannel.open(
                        file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            Index index = known(file, version);
            if (index == null) {
                index = count(channel, version, cancel);
                keep(file, index);
            }
            if (first > index.lineCount()) {
                return new Page("", index.lineCount(), false);
            }
            long last = Math.min(index.lineCount(), first - 1 + limit); // exclusive, from 0
            long start = position(channel, index, first - 1);
            long end =
                    last >= index.lineCount() ? version.size() : position(channel, index, last) - 1;
            if (end - start > maxBytes) {
                return new Page("", index.lineCount(), true);
            }
            byte[] bytes = read(channel, start, (int) Math.max(0, end - start));
            String text = new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n");
            return new Page(
                    text.endsWith("\r") ? text.substring(0, text.length() - 1) : text,
                    index.lineCount(),
                    false);
        }
    }

    private synchronized @Nullable Index known(Path file, Version version) {
        Index index = indexes.get(file);
        return index != null && index.version().equals(version) ? index : null;
    }

    private synchronized void keep(Path file, Index index) {
        indexes.remove(file);
        indexes.put(file, index);
        if (indexes.size() > MAX_INDEXES) {
            indexes.remove(indexes.keySet().iterator().next());
        }
    }

    private static Index count(FileChannel channel, Version version, CancelScope cancel)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BLOCK);
        byte[] bytes = buffer.array();
        long[] positions = new long[64];
        int known = 1; // line 0 begins at 0
        long lines = 1;
        long base = 0;
        while (base < version.size()) {
            cancel.check();
            buffer.clear();
            int count = channel.read(buffer, base);
            if (count <= 0) {
                break;
            }
            for (int i = 0; i < count; i++) {
                if (bytes[i] == '\n') {
                    if (lines++ % STEP == 0) {
                        if (known == positions.length) {
                            positions = Arrays.copyOf(positions, known * 2);
                        }
                        positions[known++] = base + i + 1;
                    }
                }
            }
            base += count;
        }
        return new Index(version, Arrays.copyOf(positions, known), lines);
    }

    /// @param line from 0, less than the number of lines
    private static long position(FileChannel channel, Index index, long line) throws IOException {
        int slot = (int) (line / STEP);
        long at = index.positions()[slot];
        long skip = line - (long) slot * STEP;
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        byte[] bytes = buffer.array();
        while (skip > 0) {
            buffer.clear();
            int count = channel.read(buffer, at);
            if (count <= 0) {
                throw new IOException("the file became shorter");
            }
            for (int i = 0; i < count; i++) {
                if (bytes[i] == '\n' && --skip == 0) {
                    return at + i + 1;
                }
            }
            at += count;
        }
        return at;
    }

    private static byte[] read(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) > 0) {}
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
