package dev.oriel.journal.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Determines, before a journal is opened, whether it is what the last server left.
///
/// @param file the journal
/// @param mark what the last server recorded; null if there is no record
record JournalLossCheck(Path file, @Nullable JournalMark mark) {
    private static final Logger LOG = LoggerFactory.getLogger(JournalLossCheck.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    /// Size of the header of each SQLite file.
    private static final int HEADER_BYTES = 100;

    /// Whether there was a journal that no longer exists.
    boolean isJournalMissing() throws IOException {
        return mark != null && size(file) < HEADER_BYTES;
    }

    /// Whether the journal exists without the write-ahead log that the last server left. Then its
    /// last messages are missing, and positions that clients know can be assigned again.
    boolean isLogMissing() throws IOException {
        return mark != null && mark.open() && size(beside("-wal")) == 0;
    }

    /// Renames the remaining files.
    ///
    /// @param why a sentence for the log
    /// @return the new path of the journal
    Path moveAside(String why) throws IOException {
        String name = file.getFileName() + ".lost-" + NAME.format(Instant.now());
        for (String suffix : new String[] {"", "-wal"}) {
            Path remaining = beside(suffix);
            if (Files.exists(remaining)) {
                Files.move(remaining, file.resolveSibling(name + suffix));
            }
        }
        Files.deleteIfExists(beside("-shm"));
        LOG.error(
                "{} A new journal begins. The remains of the old one are kept as {} in the same"
                        + " folder.",
                why,
                name);
        return file.resolveSibling(name);
    }

    /// Reverts [#moveAside], if no new journal could be created.
    void restore(Path aside) throws IOException {
        for (String suffix : new String[] {"", "-wal"}) {
            Files.deleteIfExists(beside(suffix));
            Path remaining = aside.resolveSibling(aside.getFileName() + suffix);
            if (Files.exists(remaining)) {
                Files.move(remaining, beside(suffix));
            }
        }
        Files.deleteIfExists(beside("-shm"));
    }

    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static long size(Path of) throws IOException {
        return Files.exists(of) ? Files.size(of) : 0;
    }
}
