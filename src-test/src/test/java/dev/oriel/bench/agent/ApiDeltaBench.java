package dev.oriel.bench.agent;

import dev.oriel.bench.LeanClient;
import dev.oriel.testing.claude.FakeClaude;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/// Measures deltas of the agent on the Messages API, beside those of the CLI agent in the same run:
/// the time from writing a delta to its frame at a client at 200 deltas/s, and the server's
/// processor time for each delta of a flood. `BENCHMARKS.md` has the command.
public final class ApiDeltaBench {
    private static final int PACED = 3_000;
    private static final int PER_SECOND = 200;
    private static final int BYTES = 300;
    private static final byte[] AT = "at=".getBytes(StandardCharsets.US_ASCII);

    private final List<String> jvm;
    private final int deltas;

    private ApiDeltaBench(int deltas, List<String> jvm) {
        this.deltas = deltas;
        this.jvm = jvm;
    }

    /// @param args the number of deltas in a flood, and options of the server's JVM (those of the
    ///   packages if there are none)
    public static void main(String[] args) throws Exception {
        int deltas = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        ApiDeltaBench bench =
                new ApiDeltaBench(
                        deltas, List.of(args).subList(Math.min(1, args.length), args.length));
        try (SampleTree folder = SampleTree.of(0, 0)) {
            bench.cli(folder.root.resolve("cli"), true);
            bench.api(folder.root.resolve("api"), true);
            bench.cli(folder.root.resolve("cli-flood"), false);
            bench.api(folder.root.resolve("api-flood"), false);
        }
    }

    private void cli(Path folder, boolean paced) throws Exception {
        Files.createDirectories(folder);
        FakeClaude claude =
                FakeClaude.in(folder.resolve("claude"))
                        .turn(t ->
                                paced
                                        ? t.paced(PACED, BYTES, false, PER_SECOND)
                                        : t.flood(deltas, BYTES, false))
                        .install();
        try (BenchServer server =
                BenchServer.start(folder, jvm, "--claude", claude.executable().toString())) {
            measure("CLI agent", server, paced);
        }
    }

    private void api(Path folder, boolean paced) throws Exception {
        Files.createDirectories(folder);
        try (LeanApi api =
                        LeanApi.start((stream, _) -> {
                            if (paced) {
                                paced(stream);
                            } else {
                                flood(stream);
                            }
                        });
                BenchServer server = BenchServer.api(folder, jvm, api.url())) {
            measure("API agent", server, paced);
        }
    }

    private static void paced(LeanApi.Stream stream) throws IOException, InterruptedException {
        String rest = "x".repeat(10);
        long start = System.nanoTime();
        for (int i = 0; i < PACED; i++) {
            long due = start + i * 1_000_000_000L / PER_SECOND;
            long wait = due - System.nanoTime();
            if (wait > 0) {
                Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
            }
            stream.delta("at=" + System.nanoTime() + " " + rest);
        }
    }

    /// In writes of about 16 KB, as a fast server's.
    private void flood(LeanApi.Stream stream) throws IOException {
        String events = LeanApi.deltaEvent("at=1 " + "x".repeat(20)).repeat(50);
        for (int i = 0; i < deltas / 50; i++) {
            stream.send(events);
        }
    }

    private void measure(String name, BenchServer server, boolean paced) throws Exception {
        try (LeanClient client = server.newSession()) {
            for (int round = 0; round < (paced ? 1 : 4); round++) {
                Histogram latency = new Histogram(3);
                long[] first = {0, 0};
                int warmUp = paced ? PACED / 2 : 0;
                long[] cpu = {server.process.cpuMicros()};
                BenchServer.prompt(client, "go");
                long count =
                        BenchServer.awaitResult(
                                client,
                                AT,
                                at -> {
                                    long now = System.nanoTime();
                                    first[0] = first[0] == 0 ? now : first[0];
                                    if (++first[1] == warmUp) {
                                        cpu[0] = server.process.cpuMicros();
                                    } else if (first[1] > warmUp) {
                                        latency.recordValue(Math.max(0, now - at));
                                    }
                                });
                double seconds = (System.nanoTime() - first[0]) / 1e9;
                double micros = (server.process.cpuMicros() - cpu[0]) / (double) (count - warmUp);
                if (paced) {
                    System.out.printf(
                            Locale.ROOT,
                            "%s, %d deltas/s: p50 %.2f ms, p99 %.2f ms, max %.2f ms, CPU %.0f µs a"
                                    + " delta, %d of %d arrived%n",
                            name,
                            PER_SECOND,
                            latency.getValueAtPercentile(50) / 1e6,
                            latency.getValueAtPercentile(99) / 1e6,
                            latency.getMaxValue() / 1e6,
                            micros,
                            count,
                            PACED);
                } else {
                    System.out.printf(
                            Locale.ROOT,
                            "%s, flood: %,.0f deltas/s, CPU %.1f µs a delta, %d of %d arrived, %d"
                                    + " MiB%n",
                            name,
                            count / seconds,
                            micros,
                            count,
                            deltas,
                            server.process.residentMiB());
                }
            }
        }
    }
}
