package dev.oriel.journal.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.journal.Journal.SearchHit;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.JournalFixtures;
import dev.oriel.journal.database.ReaderPool;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.journal.database.SqliteErrors;
import dev.oriel.journal.search.IndexUpdater.Outcome;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Message;
import dev.oriel.testing.log.CapturedLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The journal has an index of its own; these tests update another one, by a clock that only they
/// advance.
class IndexUpdaterTest {
    private static final int PAGE_BYTES = 16 * 1024;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @TempDir Path folder;
    private final UUID session = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private Path file;
    private Path indexFile;
    private SqliteJournal journal;
    private ReaderPool readers;
    private IndexUpdater updater;
    private CapturedLog log;
    private long now;
    private long nanosPerReading;

    @BeforeEach
    void open() throws Exception {
        file = folder.resolve("journal.db");
        indexFile = folder.resolve("index.db");
        journal = SqliteJournal.open(file);
        journal.save(JournalFixtures.session(session));
        journal.save(JournalFixtures.session(other));
        readers = new ReaderPool(file, new SqliteErrors(file));
        updater = newUpdater();
        log = CapturedLog.of(IndexUpdater.class);
    }

    @AfterEach
    void close() throws Exception {
        log.close();
        updater.close();
        readers.close();
        journal.close();
    }

    private IndexUpdater newUpdater() {
        return new IndexUpdater(indexFile, readers, () -> now += nanosPerReading);
    }

    private void restart() throws SQLException {
        updater.close();
        updater = newUpdater();
    }

    /// Appends equal messages, and queues the session.
    private void append(UUID to, int count, String text) throws IOException {
        journal.append(
                to,
                journal.findSession(to).orElseThrow().lastSeq() + 1,
                IntStream.range(0, count)
                        .<Message>mapToObj(_ -> JournalFixtures.answer(text))
                        .toList());
        updater.add(number(to));
    }

    private long number(UUID of) throws JournalException {
        return readers.read(reader -> reader.findSessionNumber(of)).orElseThrow();
    }

    private List<SearchHit> find(String word) throws Exception {
        return updater.find(word, OptionalLong.empty(), 10_000);
    }

    private int updatesUntilIdle() {
        int updates = 0;
        while (updater.update() instanceof Outcome.Worked) {
            updates++;
        }
        return updates;
    }

    @Test
    void eachUpdateIndexesOneBatchOfOneSession() throws Exception {
        append(session, 501, "roof");
        append(other, 1, "roof");
        updater.update();
        assertThat(markers()).containsExactly(500L);
        updater.update();
        assertThat(markers()).as("sessions take turns").containsExactly(500L, 1L);
        updater.update();
        assertThat(markers()).containsExactly(501L, 1L);
        updatesUntilIdle();
        assertThat(updater.nanosUntilDue()).isEqualTo(Long.MAX_VALUE);
        assertThat(find("roof")).hasSize(502);
    }

    @Test
    void afterARestartOnlySessionsThatAreBehindAreRead() throws Exception {
        append(session, 1, "roof");
        append(other, 1, "door");
        updatesUntilIdle();
        restart();
        assertThat(updater.update()).isEqualTo(new Outcome.Idle());
        updater.close();
        journal.append(other, 2, List.of(JournalFixtures.answer("window")));
        updater = newUpdater();
        assertThat(updater.update()).isEqualTo(new Outcome.Worked());
        assertThat(markers()).containsExactly(1L, 2L);
    }

    @Test
    void aSessionThatWasDeletedWhileTheIndexWasClosedIsRemovedInBatches() throws Exception {
        append(session, 1_200, "roof");
        append(other, 1, "roof");
        updatesUntilIdle();
        updater.close();
        journal.delete(session);
        updater = newUpdater();
        assertThat(updatesUntilIdle()).isEqualTo(3);
        assertThat(markers()).containsExactly(1L);
        assertThat(query("SELECT count(*) FROM doc")).isEqualTo(1);
        assertThat(find("roof")).extracting(SearchHit::session).containsExactly(other);
    }

    @Test
    void aSearchFindsWhatCouldBeIndexedWithinItsTime() throws Exception {
        append(session, 2_000, "roof");
        nanosPerReading = IndexUpdater.MAX_CATCH_UP / 3;
        assertThat(find("roof")).hasSizeBetween(500, 1_500);
        nanosPerReading = 0;
        assertThat(find("roof")).hasSize(2_000);
    }

    @Test
    void aSessionThatCannotBeReadIsRetriedLaterAndOthersContinue() throws Exception {
        append(other, 300, "x".repeat(2_000));
        damageTheLastMessages();
        append(session, 1, "roof");
        updatesUntilIdle();
        assertThat(find("roof")).hasSize(1);
        assertThat(updater.nanosUntilDue()).isEqualTo(SECOND);
        now += SECOND;
        assertThat(updater.update()).isEqualTo(new Outcome.Worked());
        assertThat(updater.nanosUntilDue()).as("failed again").isEqualTo(2 * SECOND);
        append(session, 1, "roof");
        assertThat(find("roof")).hasSize(2);
        assertThat(log.lines()).hasSize(1).first().asString().contains("not current for now");
    }

    @Test
    void anIndexThatCannotBeOpenedIsRetriedWithGrowingDelaysAndLoggedOnce() throws Exception {
        // A folder with the name of the index can be neither opened nor replaced.
        Files.createDirectories(indexFile.resolve("in the way"));
        append(session, 1, "roof");
        assertThat(updater.update()).isEqualTo(new Outcome.Failed(SECOND));
        assertThat(updater.update()).isEqualTo(new Outcome.Failed(2 * SECOND));
        assertThatThrownBy(() -> find("roof")).isInstanceOf(Exception.class);
        assertThat(updater.update()).isEqualTo(new Outcome.Failed(4 * SECOND));
        Files.delete(indexFile.resolve("in the way"));
        Files.delete(indexFile);
        assertThat(updater.update()).isEqualTo(new Outcome.Worked());
        assertThat(find("roof")).hasSize(1);
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().getFirst()).contains("not current for now");
        assertThat(log.lines().getLast()).contains("current again");
    }

    @Test
    void anIndexThatIsDamagedWhileItIsOpenIsBuiltAgainFromTheJournal() throws Exception {
        append(session, 40, "roof");
        updatesUntilIdle();
        damageTheIndex();
        append(session, 1, "roof");
        assertThat(updater.update()).isEqualTo(new Outcome.Failed(SECOND));
        assertThat(indexFile).doesNotExist();
        updater.update();
        now += SECOND;
        updatesUntilIdle();
        assertThat(find("roof")).hasSize(41);
        damageTheIndex();
        append(session, 1, "roof");
        assertThat(updater.update())
                .as("the delay after a success")
                .isEqualTo(new Outcome.Failed(SECOND));
    }

    @Test
    void aSearchInADamagedIndexFailsAndTheNextOneSucceeds() throws Exception {
        append(session, 40, "roof");
        updatesUntilIdle();
        damageTheIndex();
        assertThatThrownBy(() -> find("roof")).isInstanceOf(SQLException.class);
        assertThat(find("roof")).hasSize(40);
    }

    @Test
    void afterItIsClosedASearchFailsAndTheIndexIsNotOpenedAgain() throws Exception {
        append(session, 1, "roof");
        updater.close();
        updater.close();
        assertThatThrownBy(() -> find("roof")).hasMessage("The journal is closed.");
        assertThat(indexFile).doesNotExist();
    }

    /// Overwrites the page of the journal with the last messages.
    private void damageTheLastMessages() throws Exception {
        long page;
        try (Connection database = SqliteConnections.open(file, 100)) {
            SqliteConnections.execute(database, "PRAGMA wal_checkpoint(TRUNCATE)");
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

    /// Overwrites all pages of the index after the header.
    private void damageTheIndex() throws Exception {
        try (Connection database = SqliteConnections.open(indexFile, 100)) {
            // A change by another connection: the updater reads the pages again.
            SqliteConnections.execute(database, "UPDATE origin SET journal = journal");
            SqliteConnections.execute(database, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        try (var bytes = new RandomAccessFile(indexFile.toFile(), "rw")) {
            bytes.seek(100);
            bytes.write(new byte[(int) bytes.length() - 100]);
        }
    }

    /// The indexed position of each session.
    private List<Long> markers() throws Exception {
        try (Connection database = SqliteConnections.open(indexFile, 100);
                var rows =
                        database.createStatement()
                                .executeQuery("SELECT indexed_seq FROM marker ORDER BY session")) {
            List<Long> seqs = new ArrayList<>();
            while (rows.next()) {
                seqs.add(rows.getLong(1));
            }
            return seqs;
        }
    }

    private long query(String sql) throws SQLException {
        try (Connection database = SqliteConnections.open(indexFile, 100)) {
            return SqliteConnections.queryLong(database, sql);
        }
    }
}
