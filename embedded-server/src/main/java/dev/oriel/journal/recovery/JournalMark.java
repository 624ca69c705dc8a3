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

/// What a small file beside the journal (`.mark`) says of it: which one it is, and whether it was
/// closed. Without it a journal that was deleted, emptied or cut while no server ran would be taken
/// for a new one, and a write-ahead log that was deleted would not be missed.
///
/// @param open whether a server has it open, or ended without closing it: then its write-ahead log
///   is there and has something in it
public record JournalMark(UUID identity, boolean open) {
    private static final String OPEN = "open";
    private static final int MOST_BYTES = 200;

    /// @return null if there is none, or it cannot be read as one
    static @Nullable JournalMark read(Path journal) throws IOException {
        Path file = file(journal);
        try {
            if (Files.size(file) > MOST_BYTES) {
                return null;
            }
            String[] words = Files.readString(file, StandardCharsets.ISO_8859_1).strip().split(" ");
            return new JournalMark(
                    UUID.fromString(words[0]), words.length > 1 && words[1].equals(OPEN));
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return null;
        }
    }

    /// Puts it in the place of the one before, at once or not at all.
    ///
    /// @param safe whether it must survive a power cut
    public void write(Path journal, boolean safe) throws IOException {
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
            if (safe) {
                channel.force(true);
            }
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path file(Path journal) {
        return journal.resolveSibling(journal.getFileName() + ".mark");
    }
}
