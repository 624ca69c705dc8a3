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

/// Finds out, before a journal is opened, whether it is still what the last server has left there.
///
/// @param file the journal
/// @param mark what the last server has written of it; null if there was none
record JournalLossCheck(Path file, @Nullable JournalMark mark) {
    private static final Logger LOG = LoggerFactory.getLogger(JournalLossCheck.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    /// So many bytes the head of every SQLite file has.
    private static final int HEADER = 100;

    /// Whether there was a journal, and now there is none.
    boolean isJournalMissing() throws IOException {
        return mark != null && size(file) < HEADER;
    }

    /// Whether the journal is there, but not the write-ahead log that the last server has left:
    /// what was in it is missing, and positions that clients know can be given again.
    boolean isLogMissing() throws IOException {
        return mark != null && mark.open() && size(beside("-wal")) == 0;
    }

    /// Keeps what is left of it under another name.
    ///
    /// @param why for the log
    /// @return where it is now
    Path moveAside(String why) throws IOException {
        String name = file.getFileName() + ".lost-" + NAME.format(Instant.now());
        for (String suffix : new String[] {"", "-wal"}) {
            Path left = beside(suffix);
            if (Files.exists(left)) {
                Files.move(left, file.resolveSibling(name + suffix));
            }
        }
        Files.deleteIfExists(beside("-shm"));
        LOG.error(
                "{} A new journal begins. What was left of the old one is kept as {} in the same"
                        + " folder.",
                why,
                name);
        return file.resolveSibling(name);
    }

    /// Undoes [#moveAside], as no new journal could be made.
    void restore(Path aside) throws IOException {
        for (String suffix : new String[] {"", "-wal"}) {
            Files.deleteIfExists(beside(suffix));
            Path left = aside.resolveSibling(aside.getFileName() + suffix);
            if (Files.exists(left)) {
                Files.move(left, beside(suffix));
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
