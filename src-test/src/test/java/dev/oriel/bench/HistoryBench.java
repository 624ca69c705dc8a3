package dev.oriel.bench;

import static dev.oriel.testing.api.SampleMessages.assistant;
import static dev.oriel.testing.api.SampleMessages.boundary;
import static dev.oriel.testing.api.SampleMessages.call;
import static dev.oriel.testing.api.SampleMessages.init;
import static dev.oriel.testing.api.SampleMessages.prompt;
import static dev.oriel.testing.api.SampleMessages.result;
import static dev.oriel.testing.api.SampleMessages.summary;
import static dev.oriel.testing.api.SampleMessages.system;
import static dev.oriel.testing.api.SampleMessages.text;
import static dev.oriel.testing.api.SampleMessages.thinking;
import static dev.oriel.testing.api.SampleMessages.user;

import dev.oriel.agent.ConversationLog;
import dev.oriel.agent.api.history.ConversationHistory;
import dev.oriel.agent.api.history.HistoryReader;
import dev.oriel.journal.Journal;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.session.branch.JournalConversationLog;
import dev.oriel.session.branch.Lineage;
import dev.oriel.testing.server.StoredSession;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// Measures how long a conversation takes from the journal to a request. `BENCHMARKS.md` has the
/// command.
public final class HistoryBench {
    private static final int ROUNDS = 7;
    private static final int PER_TURN = 9;
    private static final PrintStream OUT = System.out;

    private HistoryBench() {}

    /// @param args the number of messages, and how many of them are after the last summary
    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 50_000;
        int recent = args.length > 1 ? Integer.parseInt(args[1]) : 2_000;
        Path file = Files.createTempDirectory("oriel-bench").resolve("journal.db");
        UUID session = UUID.randomUUID();
        try (Journal journal = SqliteJournal.open(file)) {
            journal.save(StoredSession.of(session).record());
            fill(journal, session, count, recent);
            ConversationLog log = new JournalConversationLog(journal, session, Lineage.NONE);
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                log.read(_ -> {});
                double journalAlone = millis(start);
                start = System.nanoTime();
                ConversationHistory history = HistoryReader.read(log);
                double read = millis(start);
                start = System.nanoTime();
                List<byte[]> messages = history.messages();
                OUT.printf(
                        Locale.ROOT,
                        "journal %.0f ms, with history %.0f ms, request %.1f ms, %d messages, %.2f"
                                + " MB%n",
                        journalAlone,
                        read,
                        millis(start),
                        messages.size(),
                        history.size() / 1e6);
            }
        }
    }

    private static void fill(Journal journal, UUID session, int count, int recent)
            throws Exception {
        List<Message> batch = new ArrayList<>();
        long seq = 1;
        for (int i = 0; i < count / PER_TURN; i++) {
            String id = Integer.toString(i);
            batch.add(prompt("Please change the file number " + i));
            batch.add(init("claude-test", "a"));
            batch.add(system("status"));
            batch.add(assistant("m" + id, thinking("Hm. ".repeat(60), "signature".repeat(30))));
            batch.add(assistant("m" + id, call("t" + id, "Read")));
            batch.add(user(result("t" + id, "a line of the file\n".repeat(80))));
            batch.add(system("status"));
            batch.add(assistant("n" + id, text("I have changed it. ".repeat(20))));
            batch.add(Message.of(Json.object().put("type", "result").put("total_cost_usd", i)));
            if (i == (count - recent) / PER_TURN) {
                batch.add(boundary());
                batch.add(summary("What was before."));
            }
            if (batch.size() > 400) {
                journal.append(session, seq, batch);
                seq += batch.size();
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            journal.append(session, seq, batch);
        }
    }

    private static double millis(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
