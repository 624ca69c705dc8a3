package dev.oriel.bench;

import dev.oriel.journal.Journal;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.server.StoredSession;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/// Measures the throughput of the journal with a real file. Every figure is the median of five
/// rounds after a warm-up round; the search index is built concurrently, as in the server.
/// `BENCHMARKS.md` has the command.
public final class JournalBench {
    private static final int ROUNDS = 5;
    private static final PrintStream OUT = System.out;

    private final Journal journal;

    private JournalBench(Journal journal) {
        this.journal = journal;
    }

    /// @param args a folder on the disk to measure; the temporary folder if there is none
    public static void main(String[] args) throws Exception {
        Path folder =
                args.length > 0
                        ? Files.createTempDirectory(Path.of(args[0]), "oriel-bench")
                        : Files.createTempDirectory("oriel-bench");
        try {
            long start = System.nanoTime();
            try (Journal journal = SqliteJournal.open(folder.resolve("journal.db"))) {
                print("open a new journal, first in the process", millis(start), "ms");
                new JournalBench(journal).writes();
            }
            start = System.nanoTime();
            try (Journal journal = SqliteJournal.open(folder.resolve("journal.db"))) {
                journal.sessions();
                print("open it again and list sessions", millis(start), "ms");
            }
            try (Journal journal = SqliteJournal.open(folder.resolve("reading.db"))) {
                new JournalBench(journal).readsAndSearches();
            }
            print("journal on disk", Files.size(folder.resolve("journal.db")) / 1e6, "MB");
            print("50,000 messages on disk", Files.size(folder.resolve("reading.db")) / 1e6, "MB");
            print(
                    "their search index on disk",
                    Files.size(folder.resolve("reading.db.search")) / 1e6,
                    "MB");
            print("most resident memory", peakMegabytes(), "MB");
        } finally {
            remove(folder);
        }
    }

    private void writes() throws Exception {
        for (int batch : new int[] {1, 10, 100, 1000}) {
            appends(batch, 300, batch == 1 ? 20_000 : 100_000);
        }
        appends(10, 100 * 1024, 2_000);
        singles();
        prompts();
    }

    private void readsAndSearches() throws Exception {
        UUID large = session();
        for (int i = 0; i < 50_000; i += 100) {
            journal.append(large, i + 1, words(100, i));
        }
        reads(large);
        searches(large);
    }

    private void appends(int batch, int bytes, int count) throws Exception {
        List<Message> lines = lines(batch, bytes);
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            UUID session = session();
            long start = System.nanoTime();
            for (int i = 0; i < count; i += batch) {
                journal.append(session, i + 1, lines);
            }
            rates.add(count / (millis(start) / 1e3));
        }
        double rate = median(rates);
        print("append " + bytes + " bytes in batches of " + batch, rate, "lines/s");
        print("", rate * bytes / 1e6, "MB/s");
    }

    private void singles() throws Exception {
        UUID session = session();
        List<Message> line = lines(1, 300);
        Histogram histogram = new Histogram(3);
        for (int i = 1; i <= 60_000; i++) {
            long start = System.nanoTime();
            journal.append(session, i, line);
            if (i > 10_000) {
                histogram.recordValue(System.nanoTime() - start);
            }
        }
        print("one append of 300 bytes, p50", histogram.getValueAtPercentile(50) / 1e3, "µs");
        print("one append of 300 bytes, p99", histogram.getValueAtPercentile(99) / 1e3, "µs");
        print("one append of 300 bytes, longest", histogram.getMaxValue() / 1e3, "µs");
    }

    /// Measures the cost of storing a prompt so that it survives a power failure, alternating with
    /// a message of the same size that survives only the end of the process.
    private void prompts() throws Exception {
        UUID session = session();
        List<Message> line = lines(1, 300);
        Histogram forced = new Histogram(3);
        Histogram committed = new Histogram(3);
        for (int i = 1; i <= 4_000; i++) {
            long start = System.nanoTime();
            journal.append(session, i, line);
            long middle = System.nanoTime();
            journal.enqueue(session, UUID.randomUUID(), line.getFirst());
            if (i > 500) {
                committed.recordValue(middle - start);
                forced.recordValue(System.nanoTime() - middle);
            }
        }
        print("a message, p50", committed.getValueAtPercentile(50) / 1e3, "µs");
        print("a message, p99", committed.getValueAtPercentile(99) / 1e3, "µs");
        print("a prompt, forced to the disk, p50", forced.getValueAtPercentile(50) / 1e3, "µs");
        print("a prompt, forced to the disk, p99", forced.getValueAtPercentile(99) / 1e3, "µs");
        for (int clients : new int[] {1, 8, 32}) {
            print("prompts of " + clients + " clients at once", promptsOf(clients), "a second");
        }
    }

    private double promptsOf(int clients) throws Exception {
        List<Message> line = lines(1, 300);
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<?>> all = new ArrayList<>();
            for (int c = 0; c < clients; c++) {
                UUID session = session();
                all.add(
                        threads.submit(() -> {
                            for (int i = 0; i < 500; i++) {
                                journal.enqueue(session, UUID.randomUUID(), line.getFirst());
                            }
                            return null;
                        }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        return clients * 500 / (millis(start) / 1e3);
    }

    private void reads(UUID session) throws Exception {
        List<Double> firsts = new ArrayList<>();
        List<Double> lasts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            long start = System.nanoTime();
            journal.messagesAfter(session, i * 200L, 100);
            firsts.add(millis(start));
            start = System.nanoTime();
            journal.messagesBefore(session, Long.MAX_VALUE, 100);
            lasts.add(millis(start));
        }
        print("a page of 100 out of 50,000", median(firsts), "ms");
        print("the last page of 100 out of 50,000", median(lasts), "ms");
        long start = System.nanoTime();
        for (long after = 0; after < 50_000; after += 1_000) {
            journal.messagesAfter(session, after, 1_000);
        }
        print("all 50,000 in pages of 1,000", millis(start), "ms");
    }

    private void searches(UUID session) throws Exception {
        long start = System.nanoTime();
        while (journal.search("number49999", session, 1).isEmpty()) {
            Thread.onSpinWait();
        }
        print("until the index has caught up", millis(start), "ms");
        for (String query : List.of("number41234", "quick fox", "zebra", "num")) {
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                long begun = System.nanoTime();
                journal.search(query, null, 20);
                times.add(millis(begun));
            }
            print("search 50,000 for \"" + query + "\", 20 hits", median(times), "ms");
        }
    }

    private UUID session() throws Exception {
        UUID id = UUID.randomUUID();
        journal.save(StoredSession.of(id).record());
        return id;
    }

    private static List<Message> lines(int count, int bytes) {
        int frame = said("").bytes().length;
        String text = "the quick brown fox ".repeat(bytes / 20 + 1).substring(0, bytes - frame);
        return Collections.nCopies(count, said(text));
    }

    private static List<Message> words(int count, int from) {
        List<Message> lines = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            lines.add(
                    said("the quick brown fox number" + i + " jumps over the lazy dog ".repeat(8)));
        }
        return lines;
    }

    private static Message said(String text) {
        var line = Json.object();
        line.put("type", "assistant");
        line.putObject("message")
                .put("role", "assistant")
                .putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", text);
        return Message.of(line);
    }

    private static double median(List<Double> figures) {
        List<Double> counted =
                figures.size() > 1 ? new ArrayList<>(figures.subList(1, figures.size())) : figures;
        Collections.sort(counted);
        return counted.get(counted.size() / 2);
    }

    private static double millis(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static double peakMegabytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static void print(String what, double figure, String unit) {
        OUT.printf(Locale.ROOT, "%-52s %,14.2f %s%n", what, figure, unit);
    }

    private static void remove(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path dir, IOException failed)
                            throws IOException {
                        Files.delete(dir);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
