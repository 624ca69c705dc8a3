package dev.oriel.journal.recovery;

import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The content of a small file beside the journal (`.mark`): the journal's id, and whether it was
/// closed. Without it, a journal that was deleted, emptied or truncated while no server ran would
/// look like a new one, and a deleted write-ahead log would not be noticed.
///
/// @param open whether a server has the journal open, or ended without closing it. Then its
///   write-ahead log exists and is not empty
public record JournalMark(UUID identity, boolean open) {
    private static final String OPEN = "open";
    private static final int MAX_BYTES = 200;

    /// @return null if the file does not exist or is not valid
    static @Nullable JournalMark read(Path journal) throws IOException {
        Path file = file(journal);
        try {
            if (Files.size(file) > MAX_BYTES) {
                return null;
            }
            String[] words = Files.readString(file, StandardCharsets.ISO_8859_1).strip().split(" ");
            return new JournalMark(
                    UUID.fromString(words[0]), words.length > 1 && words[1].equals(OPEN));
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return null;
        }
    }

    /// Replaces the file atomically.
    ///
    /// @param durable whether the change must survive a power cut
    public void write(Path journal, boolean durable) throws IOException {
        Path file = file(journal);
        Path next = file.resolveSibling(file.getFileName() + ".new");
        byte[] text =
                (identity + (open ? " " + OPEN : "") + "\n").getBytes(StandardCharsets.US_ASCII);
        try (FileChannel channel =
                FileChannel.open(
                        PrivateFiles.createIfMissing(next),
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(text));
            if (durable) {
                channel.force(true);
            }
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path file(Path journal) {
        return journal.resolveSibling(journal.getFileName() + ".mark");
    }
}
