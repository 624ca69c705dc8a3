package dev.oriel.bench;

import dev.oriel.testing.claude.InstantClaude;
import dev.oriel.testing.client.ClientCrowd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Measures the time and memory of a real server process for two hundred concurrent clients of the
/// enhanced dialect, each with a prompt whose reply has two hundred messages. `BENCHMARKS.md` has
/// the command.
public final class CrowdBench {
    private static final int CLIENTS = 200;
    private static final int MESSAGES = 200;
    private static final int ROUNDS = 3;

    private CrowdBench() {}

    /// @param args options of the server's JVM
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("oriel-crowd");
        Path claude = InstantClaude.in(folder, MESSAGES);
        try (var server =
                ServerProcess.start(
                        folder.resolve("data"),
                        List.of(args),
                        "--claude",
                        claude.toString(),
                        "--log-level",
                        "error")) {
            System.out.printf("at rest: %d MiB resident%n", server.residentMiB());
            for (int round = 1; round <= ROUNDS; round++) {
                long cpu = server.cpuMicros();
                long before = System.nanoTime();
                try (ClientCrowd crowd =
                        ClientCrowd.connect(CLIENTS, server.port(), server.token(), MESSAGES)) {
                    List<String> wrong = crowd.queryAll(folder, 300);
                    long millis = (System.nanoTime() - before) / 1_000_000;
                    System.out.printf(
                            "round %d: %d clients × %d messages in %d ms, %d of them wrong %s;"
                                    + " server %d ms CPU, %d MiB resident, %d at its peak%n",
                            round,
                            CLIENTS,
                            MESSAGES,
                            millis,
                            wrong.size(),
                            wrong.stream().limit(3).toList(),
                            (server.cpuMicros() - cpu) / 1_000,
                            server.residentMiB(),
                            server.peakMiB());
                }
            }
        }
    }
}
