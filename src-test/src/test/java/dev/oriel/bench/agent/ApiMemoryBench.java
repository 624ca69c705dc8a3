package dev.oriel.bench.agent;

import dev.oriel.bench.LeanClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Measures the memory of a server process: at rest, after the first session of the agent on the
/// Messages API, and after further idle ones, each with one turn and an answer of 8 KB. The heap is
/// collected before each measurement. `BENCHMARKS.md` has the command.
public final class ApiMemoryBench {
    private static final byte[] AT = {'a', 't', '='};

    private ApiMemoryBench() {}

    /// @param args the number of further sessions, and options of the server's JVM (those of the
    ///   packages if there are none)
    public static void main(String[] args) throws Exception {
        int further = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        List<String> jvm = List.of(args).subList(Math.min(1, args.length), args.length);
        List<LeanClient> clients = new ArrayList<>();
        try (SampleTree folder = SampleTree.of(0, 0);
                LeanApi api =
                        LeanApi.start((stream, _) -> {
                            for (int i = 0; i < 200; i++) {
                                stream.delta("at=" + i + " some words of an answer, long enough ");
                            }
                        });
                BenchServer server = BenchServer.api(folder.root, jvm, api.url())) {
            long base = measure(server, "at rest", 0, 1);
            clients.add(session(server));
            long first = measure(server, "first session", base, 1);
            for (int i = 0; i < further; i++) {
                clients.add(session(server));
            }
            measure(server, "each of " + further + " further sessions", first, further);
            for (LeanClient client : clients) {
                client.close();
            }
        }
    }

    private static LeanClient session(BenchServer server) throws Exception {
        LeanClient client = server.newSession();
        BenchServer.prompt(client, "hello");
        BenchServer.awaitResult(client, AT, _ -> {});
        return client;
    }

    private static long measure(BenchServer server, String name, long before, int count)
            throws IOException, InterruptedException {
        for (int i = 0; i < 2; i++) {
            jcmd(server, "GC.run");
        }
        long now = server.process.residentMiB();
        System.out.printf(
                Locale.ROOT,
                "%s: %+.1f MiB resident (%d in all), heap in use %s%n",
                name,
                (now - before) / (double) count,
                now,
                heap(jcmd(server, "GC.heap_info")));
        return now;
    }

    private static String heap(String info) {
        return info.lines()
                .filter(line -> line.contains(" used "))
                .map(line -> line.strip().replaceAll("\\[.*|\\(.*", ""))
                .limit(3)
                .toList()
                .toString();
    }

    private static String jcmd(BenchServer server, String command)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(server.process.handle().pid()),
                                command)
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
