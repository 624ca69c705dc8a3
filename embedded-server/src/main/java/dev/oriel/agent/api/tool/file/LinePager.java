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

/// Reads lines of large files. The first read of a file counts its lines; later reads of the same
/// version need only the part that they show. Thread-safe.
final class LinePager {
    private static final int MAX_INDEXES = 8;

    private final Map<Path, Known> indexes = new LinkedHashMap<>(); // guarded by this

    private record Known(Version version, LineIndex lines) {}

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
            LineIndex lines = known(file, version);
            if (lines == null) {
                lines = LineIndex.of(channel, version.size(), cancel);
                keep(file, new Known(version, lines));
            }
            long count = lines.lineCount();
            if (first > count) {
                return new Page("", count, false);
            }
            long last = Math.min(count, first - 1 + limit); // exclusive, from 0
            long start = lines.position(channel, first - 1);
            long end = last >= count ? version.size() : lines.position(channel, last) - 1;
            if (end - start > maxBytes) {
                return new Page("", count, true);
            }
            byte[] bytes = read(channel, start, (int) Math.max(0, end - start));
            String text = new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n");
            return new Page(
                    text.endsWith("\r") ? text.substring(0, text.length() - 1) : text,
                    count,
                    false);
        }
    }

    private synchronized @Nullable LineIndex known(Path file, Version version) {
        Known known = indexes.get(file);
        return known != null && known.version().equals(version) ? known.lines() : null;
    }

    private synchronized void keep(Path file, Known known) {
        indexes.remove(file);
        indexes.put(file, known);
        if (indexes.size() > MAX_INDEXES) {
            indexes.remove(indexes.keySet().iterator().next());
        }
    }

    private static byte[] read(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) > 0) {}
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
