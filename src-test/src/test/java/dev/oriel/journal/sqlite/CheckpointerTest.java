package dev.oriel.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.journal.JournalFixtures;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.journal.database.SqliteErrors;
import dev.oriel.journal.recovery.OpenedJournal;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.log.CapturedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When the write-ahead log is copied. No thread is started: the test runs each round.
class CheckpointerTest {
    private static final long MB = 1024L * 1024;

    @TempDir Path folder;
    private Path file;
    private JournalWriter writer;
    private Connection connection;
    private Checkpointer checkpointer;

    @BeforeEach
    void open() throws Exception {
        file = folder.resolve("oriel.db");
        writer = new JournalWriter(OpenedJournal.open(file).connection(), new SqliteErrors(file));
        connection = SqliteConnections.open(file, 64);
        checkpointer = new Checkpointer(writer, connection);
    }

    @AfterEach
    void close() throws Exception {
        writer.close();
        connection.close();
    }

    /// Saves sessions, in more pages than the file has.
    private void saveSessions() throws Exception {
        writer.write(tables -> {
            for (int i = 0; i < 5_000; i++) {
                tables.sessions().save(JournalFixtures.session(UUID.randomUUID()));
            }
            return tables;
        });
    }

    @Test
    void aRoundIsDueAfterEightMebibytes() {
        checkpointer.onCommitted(8 * MB - 1);
        assertThat(checkpointer.isDue()).isFalse();
        checkpointer.onCommitted(1);
        assertThat(checkpointer.isDue()).isTrue();
        checkpointer.runRound();
        assertThat(checkpointer.isDue()).isFalse();
    }

    @Test
    void aRoundCopiesWhatIsInTheLog() throws Exception {
        long before = Files.size(file);
        saveSessions();
        assertThat(Files.size(file)).isEqualTo(before);
        checkpointer.onCommitted(8 * MB);
        checkpointer.runRound();
        assertThat(Files.size(file)).isGreaterThan(before);
    }

    @Test
    void aLogThatHasGrownIsRestartedWhileNoTransactionRuns() throws Exception {
        for (int i = 0; i < 3; i++) {
            checkpointer.onCommitted(8 * MB);
            checkpointer.runRound();
        }
        checkpointer.onCommitted(8 * MB);
        CountDownLatch inTransaction = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        var transaction =
                CompletableFuture.runAsync(() -> {
                    try {
                        writer.write(_ -> {
                            inTransaction.countDown();
                            awaitQuietly(finish);
                            return 0;
                        });
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
        inTransaction.await();
        var round = CompletableFuture.runAsync(checkpointer::runRound);
        assertThat(round.isDone()).isFalse();
        finish.countDown();
        transaction.get(Patience.SECONDS, TimeUnit.SECONDS);
        round.get(Patience.SECONDS, TimeUnit.SECONDS);
        assertThat(checkpointer.isDue()).as("the log is counted from 0 again").isFalse();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFailureIsLoggedAndNotRetriedUntilMoreIsWritten() throws Exception {
        connection.close();
        checkpointer.onCommitted(40 * MB);
        try (var log = CapturedLog.warnings(Checkpointer.class.getName())) {
            checkpointer.runRound();
            assertThat(log.lines()).singleElement().asString().contains("could not be copied");
        }
        assertThat(checkpointer.isDue()).isFalse();
        checkpointer.onCommitted(8 * MB);
        assertThat(checkpointer.isDue()).isTrue();
    }

    @Test
    void closingEndsTheThreadAndItsConnection() throws Exception {
        Checkpointer started = Checkpointer.start(writer, connection);
        started.onCommitted(8 * MB);
        started.close();
        assertThat(connection.isClosed()).isTrue();
    }
}
