package dev.oriel.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.journal.Journal.SavedDeltas;
import dev.oriel.journal.JournalFixtures;
import dev.oriel.journal.database.SqliteConnections;
import dev.oriel.message.Message;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Deltas of incomplete answers, which are saved beside the messages.
class SqliteJournalDeltasTest {
    private static final SavedDeltas NONE = new SavedDeltas(0, List.of());

    @TempDir Path folder;
    private final UUID session = UUID.randomUUID();
    private SqliteJournal journal;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(folder.resolve("journal.db"));
        journal.save(JournalFixtures.session(session));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private void reopen() throws Exception {
        journal.close();
        journal = SqliteJournal.open(folder.resolve("journal.db"));
    }

    private static Message delta(String text) {
        return JournalFixtures.answer(text);
    }

    @Test
    void deltasAreReadInTheOrderInWhichTheyWereSaved() throws Exception {
        journal.saveDeltas(session, false, List.of(delta("one"), delta("two")));
        journal.saveDeltas(session, false, List.of(delta("three\nwith a line break")));
        reopen();
        journal.saveDeltas(session, false, List.of(delta("four")));
        assertThat(journal.savedDeltas(session).events())
                .containsExactly(
                        delta("one"),
                        delta("two"),
                        delta("three\nwith a line break"),
                        delta("four"));
    }

    @Test
    void theyKnowAfterWhichMessageTheLastOfThemWereSaved() throws Exception {
        journal.saveDeltas(session, false, List.of(delta("one")));
        assertThat(journal.savedDeltas(session).afterSeq()).isZero();
        journal.append(session, 1, List.of(delta("message"), delta("message")));
        assertThat(journal.savedDeltas(session).afterSeq()).isZero();
        journal.saveDeltas(session, false, List.of(delta("two")));
        assertThat(journal.savedDeltas(session).afterSeq()).isEqualTo(2);
        assertThat(journal.messagesAfter(session, 0, 10)).hasSize(2);
    }

    @Test
    void replacingDeletesWhatWasSavedBefore() throws Exception {
        journal.saveDeltas(session, false, List.of(delta("one")));
        journal.saveDeltas(session, true, List.of(delta("two")));
        assertThat(journal.savedDeltas(session).events()).containsExactly(delta("two"));
        journal.saveDeltas(session, false, List.of());
        assertThat(journal.savedDeltas(session).events()).hasSize(1);
        journal.saveDeltas(session, true, List.of());
        assertThat(journal.savedDeltas(session)).isEqualTo(NONE);
    }

    @Test
    void sessionsDoNotShareDeltasAndADeletedOneLosesThem() throws Exception {
        UUID other = UUID.randomUUID();
        assertThat(journal.savedDeltas(other)).isEqualTo(NONE);
        journal.save(JournalFixtures.session(other));
        journal.saveDeltas(session, false, List.of(delta("one")));
        journal.saveDeltas(other, false, List.of(delta("two")));
        journal.delete(session);
        assertThat(journal.savedDeltas(session)).isEqualTo(NONE);
        assertThat(journal.savedDeltas(other).events()).containsExactly(delta("two"));
        journal.save(JournalFixtures.session(session));
        assertThat(journal.savedDeltas(session)).isEqualTo(NONE);
    }

    @Test
    void deltasOfAnUnknownSessionAreABugOfTheCaller() {
        assertThatThrownBy(
                        () -> journal.saveDeltas(UUID.randomUUID(), false, List.of(delta("one"))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void ofADamagedRowTheDeltasBeforeTheDamageAreKnown() throws Exception {
        journal.saveDeltas(session, false, List.of(delta("one")));
        journal.saveDeltas(session, false, List.of(delta("two"), delta("three")));
        try (Connection damage = SqliteConnections.open(folder.resolve("journal.db"), 100)) {
            SqliteConnections.execute(
                    damage,
                    "UPDATE open_answer SET events = CAST(replace(events, 'three', '\"{') AS"
                            + " BLOB)");
        }
        assertThat(journal.savedDeltas(session).events())
                .containsExactly(delta("one"), delta("two"));
    }
}
