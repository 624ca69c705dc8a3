package dev.oriel.files;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Measures the picker of files: listing a folder, and the time for each key that is typed.
///
/// Arguments: the number of files, and optionally a folder that is listed instead of an invented
/// one. The floor is one pass over the characters of all paths in the same run.
public final class FileIndexBench {
    private static final List<String> WORDS =
            List.of(
                    "session",
                    "window",
                    "composer",
                    "view",
                    "model",
                    "queue",
                    "index",
                    "file",
                    "main",
                    "test",
                    "client",
                    "server",
                    "journal",
                    "gateway",
                    "frame",
                    "render",
                    "text",
                    "line",
                    "block",
                    "store");
    private static final List<String> TYPED =
            List.of("composerview", "src/main/se", "queue", "journalstore", "zzz", "README", "tst");

    private FileIndexBench() {}

    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[0]);
        List<String> paths;
        if (args.length > 1) {
            long begin = System.nanoTime();
            paths =
                    new FolderWalk(Path.of(args[1]).toRealPath(), count, null, System::nanoTime)
                            .run(_ -> {});
            System.out.printf(
                    Locale.ROOT, "listed %,d paths in %,d ms%n", paths.size(), millis(begin));
        } else {
            paths = invent(count);
            listOnDisk(Math.min(count, 20_000));
        }
        FileIndex index = new FileIndex(paths, false);
        List<Long> keys = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            for (String typed : TYPED) {
                for (int end = 1; end <= typed.length(); end++) {
                    long begin = cpuNanos();
                    index.find(typed.substring(0, end), 50);
                    if (round >= 2) {
                        keys.add(cpuNanos() - begin);
                    }
                }
            }
        }
        long[] sorted = keys.stream().mapToLong(Long::longValue).sorted().toArray();
        double floor = floor(paths);
        double median = sorted[sorted.length / 2] / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%,d paths, %d keys: p50 %.1f ms, p95 %.1f ms, worst %.1f ms; floor %.1f ms, ratio"
                        + " %.1f%n",
                paths.size(),
                sorted.length,
                median,
                sorted[sorted.length * 95 / 100] / 1e6,
                sorted[sorted.length - 1] / 1e6,
                floor,
                median / floor);
    }

    /// The time of the processor that this thread has used, so that other programs do not count.
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long millis(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }

    /// The median time of a pass over all characters, milliseconds.
    private static double floor(List<String> paths) {
        long[] times = new long[20];
        int letters = 0;
        for (int i = 0; i < times.length; i++) {
            long begin = cpuNanos();
            for (String path : paths) {
                for (int at = 0; at < path.length(); at++) {
                    letters += Character.toLowerCase(path.charAt(at)) == 'q' ? 1 : 0;
                }
            }
            times[i] = cpuNanos() - begin;
        }
        Arrays.sort(times);
        return letters < 0 ? 0 : times[times.length / 2] / 1e6;
    }

    private static List<String> invent(int count) {
        Random random = new Random(7);
        List<String> paths = new ArrayList<>();
        while (paths.size() < count) {
            StringBuilder path = new StringBuilder("module" + random.nextInt(60) + "/src/");
            path.append(random.nextInt(4) == 0 ? "test" : "main").append("/java/org/example/");
            for (int depth = random.nextInt(2); depth >= 0; depth--) {
                path.append(word(random)).append('/');
            }
            for (int part = random.nextInt(3); part >= 0; part--) {
                String word = word(random);
                path.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
            paths.add(path.append(random.nextInt(100)).append(".java").toString());
        }
        // As a folder is listed: what is in one folder together.
        Collections.sort(paths);
        return paths;
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private static void listOnDisk(int count) throws IOException {
        Path root = Files.createTempDirectory("file-index-bench").toRealPath();
        try {
            Files.createDirectory(root.resolve(".git"));
            Files.writeString(
                    root.resolve(".gitignore"), "*.class\n/build/\ntarget/\n*.log\n!keep.log\n");
            for (int i = 0; i < count; i++) {
                Path folder = root.resolve("m" + i % 40 + "/p" + i % 1_000);
                Files.createDirectories(folder);
                Files.createFile(folder.resolve("File" + i + ".java"));
            }
            long begin = System.nanoTime();
            int found = new FolderWalk(root, 1_000_000, null, System::nanoTime).run(_ -> {}).size();
            System.out.printf(Locale.ROOT, "listed %,d paths in %,d ms%n", found, millis(begin));
        } finally {
            try (var all = Files.walk(root)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
