package dev.oriel.bench.agent;

import dev.oriel.bench.LeanClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Measures the first session of the agent on the Messages API in a server that has just started:
/// the time from its prompt to the first delta at the client, without what the API took. The second
/// turn of the same session is the floor. `BENCHMARKS.md` has the command.
public final class ApiStartBench {
    private static final byte[] AT = "at=".getBytes(StandardCharsets.US_ASCII);

    private ApiStartBench() {}

    /// @param args the number of starts, and options of the server's JVM (those of the packages if
    ///   there are none)
    public static void main(String[] args) throws Exception {
        int starts = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        List<String> jvm = List.of(args).subList(Math.min(1, args.length), args.length);
        List<Double> listening = new ArrayList<>();
        List<Double> created = new ArrayList<>();
        List<Double> first = new ArrayList<>();
        List<Double> second = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        try (SampleTree folder = SampleTree.of(0, 0);
                LeanApi api =
                        LeanApi.start((stream, received) -> stream.delta("at=" + received + " "))) {
            for (int start = 0; start < starts; start++) {
                Path own = Files.createDirectories(folder.root.resolve("start" + start));
                try (BenchServer server = BenchServer.api(own, jvm, api.url())) {
                    listening.add((double) server.process.startedMillis());
                    long cpu = server.process.cpuMicros();
                    long begin = System.nanoTime();
                    try (LeanClient client = server.newSession()) {
                        created.add((System.nanoTime() - begin) / 1e6);
                        first.add(turn(client));
                        processor.add((server.process.cpuMicros() - cpu) / 1e3);
                        second.add(turn(client));
                    }
                }
            }
        }
        print("start to listening", listening);
        print("create a session and subscribe", created);
        print("first prompt to first delta", first);
        print("processor time of session and first turn", processor);
        print("second prompt to first delta", second);
    }

    private static double turn(LeanClient client) throws Exception {
        long sent = System.nanoTime();
        BenchServer.prompt(client, "hello");
        double[] millis = {0};
        BenchServer.awaitResult(client, AT, _ -> millis[0] = (System.nanoTime() - sent) / 1e6);
        return millis[0];
    }

    private static void print(String name, List<Double> millis) {
        System.out.printf(
                Locale.ROOT,
                "%s: median %.0f ms (min %.0f, max %.0f)%n",
                name,
                Rounds.median(millis),
                millis.stream().mapToDouble(d -> d).min().orElseThrow(),
                millis.stream().mapToDouble(d -> d).max().orElseThrow());
    }
}
