package dev.oriel.journal.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.journal.JournalFixtures;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Message;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A session whose messages cannot be read affects neither the indexing of other sessions nor
/// searches in them.
class JournalSearchFaultTest {
    private static final int PAGE_BYTES = 16 * 1024;

    @TempDir Path folder;
    private final UUID readable = UUID.randomUUID();
    private final UUID damaged = UUID.randomUUID();
    private Path file;

    @BeforeEach
    void fill() throws Exception {
        file = folder.resolve("journal.db");
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            journal.save(JournalFixtures.session(readable));
            journal.append(readable, 1, List.of(JournalFixtures.answer("garden")));
            journal.save(JournalFixtures.session(damaged));
            List<Message> messages =
                    IntStream.range(0, 300)
                            .mapToObj(_ -> JournalFixtures.answer("x".repeat(2_000)))
                            .toList();
            journal.append(damaged, 1, messages);
        }
    }

    /// Overwrites the page with the last messages of the damaged session. Opening a journal would
    /// recover such a file, so this happens while it is open.
    private void damage() throws Exception {
        long page;
        try (Connection database = SqliteConnections.open(file, 100)) {
            page =
                    SqliteConnections.queryLong(
                            database,
                            "SELECT pageno FROM dbstat WHERE name = 'message' AND pagetype = 'leaf'"
                                    + " ORDER BY path DESC LIMIT 1");
        }
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek((page - 1) * PAGE_BYTES);
            bytes.write(new byte[PAGE_BYTES / 2]);
        }
    }

    @Test
    void aSearchFindsWhatOtherSessionsContain() throws Exception {
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            damage();
            assertThat(journal.search("garden", null, 10)).hasSize(1);
            journal.append(readable, 2, List.of(JournalFixtures.answer("window")));
            assertThat(journal.search("window", null, 10)).hasSize(1);
        }
    }
}
