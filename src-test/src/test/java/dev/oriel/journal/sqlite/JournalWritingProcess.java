package dev.oriel.journal.sqlite;

import dev.oriel.journal.JournalFixtures;
import dev.oriel.message.UserMessages;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// A process that writes to a journal until it is killed, and reports each batch after the journal
/// has accepted it.
final class JournalWritingProcess implements AutoCloseable {
    static final UUID SESSION = new UUID(1, 2);
    private static final int BATCH = 7;

    private final Process process;
    private final BufferedReader reports;

    private JournalWritingProcess(Process process) {
        this.process = process;
        this.reports = process.inputReader();
    }

    static JournalWritingProcess start(Path journal) throws IOException {
        return new JournalWritingProcess(
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                JournalWritingProcess.class.getName(),
                                journal.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    /// The next report of what is in the journal.
    String report() throws IOException {
        return reports.readLine();
    }

    /// Kills the process as `kill -9` does, and returns its remaining reports.
    List<String> kill() throws IOException {
        // By its handle: `Process.destroyForcibly` would close the stream that is still to be read.
        process.toHandle().destroyForcibly();
        process.onExit().join();
        List<String> rest = new ArrayList<>();
        for (String line = reports.readLine(); line != null; line = reports.readLine()) {
            // The last line can be incomplete.
            if (line.matches("(message|prompt) \\d+\\.")) {
                rest.add(line);
            }
        }
        return rest;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    static String text(long seq) {
        return "message " + seq + " " + "x".repeat((int) (seq * 37 % 900));
    }

    static UUID prompt(long number) {
        return new UUID(3, number);
    }

    public static void main(String[] args) throws Exception {
        try (SqliteJournal journal = SqliteJournal.open(Path.of(args[0]))) {
            journal.save(JournalFixtures.session(SESSION));
            long seq = 0;
            for (long number = 1; ; number++) {
                long first = seq + 1;
                journal.append(
                        SESSION,
                        first,
                        IntStream.range(0, BATCH)
                                .mapToObj(i -> JournalFixtures.answer(text(first + i)))
                                .toList());
                seq += BATCH;
                System.out.println("message " + seq + ".");
                journal.enqueue(SESSION, prompt(number), UserMessages.prompt(prompt(number), "go"));
                System.out.println("prompt " + number + ".");
            }
        }
    }
}
