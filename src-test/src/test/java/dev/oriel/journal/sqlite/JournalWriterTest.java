package dev.oriel.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.journal.JournalException;
import dev.oriel.journal.JournalException.Kind;
import dev.oriel.journal.JournalFixtures;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.journal.database.SqliteErrors;
import dev.oriel.journal.recovery.OpenedJournal;
import dev.oriel.message.Message;
import dev.oriel.testing.await.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Transactions, and the tables that are written in them.
class JournalWriterTest {
    @TempDir Path folder;
    private final UUID session = UUID.randomUUID();
    private Connection connection;
    private JournalWriter writer;

    @BeforeEach
    void open() throws Exception {
        Path file = folder.resolve("oriel.db");
        connection = OpenedJournal.open(file).connection();
        writer = new JournalWriter(connection, new SqliteErrors(file));
        writer.write(tables -> {
            tables.sessions().save(JournalFixtures.session(session));
            return session;
        });
    }

    @AfterEach
    void close() throws Exception {
        writer.close();
    }

    private void append(int count, String text) throws IOException {
        writer.write(tables -> insert(tables, count, text));
    }

    private long insert(JournalTables tables, int count, String text) throws SQLException {
        List<Message> messages =
                IntStream.range(0, count)
                        .<Message>mapToObj(_ -> JournalFixtures.answer(text))
                        .toList();
        var position = tables.sessionIndex().require(session);
        long first = position.lastSeq() + 1;
        position.advance(first, count);
        tables.messages().insert(position.number, first, messages);
        return first;
    }

    private long lastSeq() throws IOException {
        return writer.write(tables -> tables.sessionIndex().require(session).lastSeq());
    }

    private long count(String table) throws SQLException {
        return SqliteConnections.queryLong(connection, "SELECT count(*) FROM " + table);
    }

    @Test
    void aTransactionThatFailsChangesNothingAndTheNextOneSucceeds() throws Exception {
        append(1, "one");
        assertThatThrownBy(() ->
                        writer.write(tables -> {
                            insert(tables, 2, "two");
                            throw new SQLException("disk");
                        }))
                .isInstanceOf(JournalException.class);
        assertThatThrownBy(() ->
                        writer.write(tables -> {
                            insert(tables, 3, "three");
                            throw new IllegalStateException("a bug");
                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasNoSuppressedExceptions();
        assertThat(lastSeq()).isEqualTo(1);
        append(1, "two");
        assertThat(count("message")).isEqualTo(2);
    }

    @Test
    void afterAFailureAnotherThreadCanWrite() throws Exception {
        assertThatThrownBy(() ->
                        writer.write(_ -> {
                            throw new SQLException("disk");
                        }))
                .isInstanceOf(JournalException.class);
        writer.runExclusively(() -> {});
        CompletableFuture.runAsync(
                        () -> {
                            try {
                                append(1, "one");
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                .get(Patience.SECONDS, TimeUnit.SECONDS);
        assertThat(lastSeq()).isEqualTo(1);
    }

    @Test
    void afterClosingNothingRuns() throws Exception {
        writer.close();
        writer.close();
        assertThat(connection.isClosed()).isTrue();
        List<String> ran = new ArrayList<>();
        writer.runExclusively(() -> ran.add("step"));
        assertThat(ran).isEmpty();
        assertThatThrownBy(() -> append(1, "late"))
                .isInstanceOfSatisfying(
                        JournalException.class, e -> assertThat(e.kind()).isEqualTo(Kind.IO))
                .hasMessage("The journal is closed.");
    }

    @Test
    void anExclusiveStepRunsAtOnceIfNoTransactionDoes() throws Exception {
        List<String> ran = new ArrayList<>();
        writer.runExclusively(() -> ran.add("step"));
        assertThat(ran).hasSize(1);
    }

    /// Marks the session as deleted, then deletes its messages.
    ///
    /// @return how many messages each batch deleted
    private List<Long> deleteInBatches() throws Exception {
        long number = writer.write(tables -> tables.sessionIndex().require(session).number);
        writer.write(tables -> {
            tables.sessionIndex().remove(session);
            tables.sessions().delete(number);
            return number;
        });
        List<Long> deleted = new ArrayList<>();
        boolean more = true;
        while (more) {
            long before = count("message");
            assertThat(count("leaving")).isEqualTo(1);
            more = writer.write(tables -> tables.messages().deleteBatch(number));
            deleted.add(before - count("message"));
        }
        return deleted;
    }

    @Test
    void aBatchOfDeletionsIsLimitedByRowsSoThatOthersCanWrite() throws Exception {
        append(4_500, "x");
        assertThat(deleteInBatches()).containsExactly(2_000L, 2_000L, 500L, 0L);
        assertThat(count("leaving")).isZero();
    }

    @Test
    void aBatchOfDeletionsIsLimitedByBytes() throws Exception {
        append(5, "x".repeat(3 * 1024 * 1024));
        assertThat(deleteInBatches()).containsExactly(2L, 2L, 1L, 0L);
    }

    @Test
    void deletingASessionKeepsTheMessagesOfTheNextOne() throws Exception {
        append(10, "x");
        UUID next = UUID.randomUUID();
        writer.write(tables -> {
            tables.sessions().save(JournalFixtures.session(next));
            var position = tables.sessionIndex().require(next);
            tables.messages().insert(position.number, 1, List.of(JournalFixtures.answer("y")));
            return next;
        });
        deleteInBatches();
        assertThat(count("message")).isEqualTo(1);
        assertThat((Object) writer.write(tables -> tables.sessionIndex().find(session))).isNull();
    }
}
