package dev.oriel.stress;

import dev.oriel.bench.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Resources of a server process after a garbage collection, from Linux and `jcmd`.
///
/// @param heapKiB used after a collection
/// @param threads of the operating system
/// @param virtualThreads that have not ended
/// @param files open file descriptors
record ProcessUsage(long heapKiB, long threads, long virtualThreads, long files, long residentMiB) {
    private static final Pattern USED =
            Pattern.compile("(?:DefNew|Tenured|generation) .*, used (\\d+)K");

    static ProcessUsage of(ServerProcess server) throws IOException, InterruptedException {
        long pid = server.handle().pid();
        // Memory that only a cleaner or a weak reference holds is freed in a later round.
        long heap = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            jcmd(pid, "GC.run");
            heap = Math.min(heap, used(jcmd(pid, "GC.heap_info")));
        }
        Path dump = Files.createTempFile("oriel-threads", ".json");
        jcmd(pid, "Thread.dump_to_file", "-overwrite", "-format=json", dump.toString());
        long virtual =
                Files.readAllLines(dump).stream()
                        .filter(l -> l.contains("\"virtual\": true"))
                        .count();
        Files.delete(dump);
        return new ProcessUsage(heap, threads(pid), virtual, files(pid), server.residentMiB());
    }

    private static long used(String info) {
        long sum = 0;
        Matcher m = USED.matcher(info);
        while (m.find()) {
            sum += Long.parseLong(m.group(1));
        }
        if (sum == 0) {
            throw new IllegalStateException("not understood: " + info);
        }
        return sum;
    }

    private static long threads(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(l -> l.startsWith("Threads:"))
                .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static long files(long pid) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return all.count();
        }
    }

    private static String jcmd(long pid, String... command)
            throws IOException, InterruptedException {
        List<String> line =
                Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                                .toString(),
                                        String.valueOf(pid)),
                                Stream.of(command))
                        .toList();
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", line) + ": " + out);
        }
        return out;
    }

    /// The number of lines of level `error` in a log.
    static long errors(Path log) throws IOException {
        return lines(log, " error ");
    }

    static long lines(Path log, String word) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            return lines.filter(l -> l.contains(word)).count();
        }
    }

    @Override
    public String toString() {
        return "heap %,d KiB, %d threads, %d virtual ones, %d files, %d MiB resident"
                .formatted(heapKiB, threads, virtualThreads, files, residentMiB);
    }
}
