package dev.oriel.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.Journal.QueuedPrompt;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.JournalException.Kind;
import dev.oriel.journal.JournalFixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalCrashProcessTest {
    @TempDir Path folder;

    @Test
    void whatWasReportedAsWrittenSurvivesKill9CompleteAndInOrder() throws Exception {
        Path file = folder.resolve("journal.db");
        List<String> reports = new ArrayList<>();
        try (JournalWritingProcess process = JournalWritingProcess.start(file)) {
            // Enough for the log to be copied to the file and restarted.
            while (reports.size() < 4_000) {
                reports.add(process.report());
            }
            reports.addAll(process.kill());
        }
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            long last = journal.findSession(JournalWritingProcess.SESSION).orElseThrow().lastSeq();
            assertThat(last)
                    .isGreaterThanOrEqualTo(highest("message", reports))
                    .isGreaterThan(10_000);
            long seq = 0;
            while (seq < last) {
                for (Entry entry :
                        journal.messagesAfter(JournalWritingProcess.SESSION, seq, 1_000)) {
                    assertThat(entry.seq()).isEqualTo(++seq);
                    assertThat(entry.body())
                            .isEqualTo(
                                    JournalFixtures.answer(JournalWritingProcess.text(seq))
                                            .bytes());
                }
            }
            List<QueuedPrompt> queue = journal.queuedPrompts(JournalWritingProcess.SESSION);
            assertThat(queue.size()).isGreaterThanOrEqualTo((int) highest("prompt", reports));
            for (int i = 0; i < queue.size(); i++) {
                assertThat(queue.get(i).uuid()).isEqualTo(JournalWritingProcess.prompt(i + 1));
            }
            journal.append(
                    JournalWritingProcess.SESSION,
                    last + 1,
                    List.of(JournalFixtures.answer("life goes on")));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> journal.search("life goes", null, 5).size() == 1);
        }
    }

    @Test
    void aJournalBelongsToOneProcessUntilItEnds() throws Exception {
        Path file = folder.resolve("journal.db");
        try (JournalWritingProcess process = JournalWritingProcess.start(file)) {
            process.report();
            assertThatThrownBy(() -> SqliteJournal.open(file))
                    .isInstanceOfSatisfying(
                            JournalException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.IN_USE))
                    .hasMessageNotContaining(folder.toString());
            process.kill();
        }
        SqliteJournal.open(file).close();
    }

    private static long highest(String what, List<String> reports) {
        return reports.stream()
                .filter(report -> report.startsWith(what))
                .mapToLong(report -> Long.parseLong(report.replaceAll("\\D", "")))
                .max()
                .orElseThrow();
    }
}
