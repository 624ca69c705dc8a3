package dev.oriel.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.journal.Journal;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.StoredSession;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// Measures the search in one session of 50,000 messages through a real server: the time to the
/// first reply with hits, and to the end. The floor is reading the same messages without searching
/// them. `BENCHMARKS.md` has the command.
public final class FindBench {
    private static final PrintStream OUT = System.out;
    private static final int ROUNDS = 5;
    private static final long MESSAGES = 50_000;

    private FindBench() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("oriel-find");
        Path data = Files.createDirectories(folder.resolve("data"));
        UUID session = UUID.randomUUID();
        int outputBytes = args.length > 0 ? Integer.parseInt(args[0]) : 600;
        try (Journal journal = SqliteJournal.open(data.resolve("oriel.db"))) {
            journal.save(StoredSession.of(session).record());
            LongConversation conversation = new LongConversation(MESSAGES, outputBytes);
            for (long i = 1; i <= MESSAGES; i += 100) {
                journal.append(session, i, conversation.page(i, i + 99));
            }
        }
        print("journal on disk", Files.size(data.resolve("oriel.db")) / 1e6, "MB");
        try (SqliteJournal journal = SqliteJournal.open(data.resolve("oriel.db"))) {
            for (int i = 0; i < ROUNDS; i++) {
                print("floor: read all in pages of 1,000", read(journal, session), "ms");
            }
        }
        try (RunningServer server = RunningServer.in(folder, new ScriptedProvider())) {
            for (String query :
                    List.of(
                            "q=Part%2049321",
                            "q=nothing-has-this",
                            "q=reader",
                            "q=e",
                            "q=reader&word=true&case=true",
                            "q=part%20%5Cd%2B99&regex=true")) {
                measure(server, session, "find?" + query);
            }
            measure(server, session, "prompts?x=1");
        }
    }

    private static double read(Journal journal, UUID session) throws Exception {
        long start = System.nanoTime();
        for (long before = Long.MAX_VALUE; before > 1; ) {
            before = journal.messagesBefore(session, before, 1_000).getFirst().seq();
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static void measure(RunningServer server, UUID session, String what) throws Exception {
        List<Double> firsts = new ArrayList<>();
        List<Double> alls = new ArrayList<>();
        int requests = 0;
        long found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            double first = 0;
            requests = 0;
            found = 0;
            long before = MESSAGES + 1;
            do {
                String path = "/v1/sessions/" + session + "/" + what + "&before=" + before;
                JsonNode reply = Json.mapper().readTree(server.call("GET", path, null).body());
                before = reply.path("next").asLong();
                requests++;
                found += reply.path("hits").size() + reply.path("prompts").size();
                if (first == 0 && found > 0) {
                    first = (System.nanoTime() - start) / 1e6;
                }
            } while (before > 0);
            firsts.add(first);
            alls.add((System.nanoTime() - start) / 1e6);
        }
        print(what + ": first reply with hits", median(firsts), "ms");
        print(
                what + ": all, " + found + " messages, " + requests + " requests",
                median(alls),
                "ms");
    }

    private static double median(List<Double> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }

    private static void print(String what, double value, String unit) {
        OUT.printf(Locale.ROOT, "%-70s %,10.1f %s%n", what, value, unit);
    }
}
