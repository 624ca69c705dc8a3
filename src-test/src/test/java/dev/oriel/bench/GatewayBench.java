package dev.oriel.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeClaude;
import dev.oriel.testing.claude.FakeTurn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;

/// Measures latency and cost from a line on the CLI's standard output to the frame at a client,
/// with a real server process, a real subprocess that writes the lines, and a real socket.
/// `BENCHMARKS.md` has the command.
public final class GatewayBench {
    private static final int LINE = 300;
    private static final byte[] AT = {' ', 'a', 't', '='};

    private final List<String> jvm;

    private GatewayBench(List<String> jvm) {
        this.jvm = jvm;
    }

    /// @param args options of the server's JVM
    public static void main(String[] args) throws Exception {
        var bench = new GatewayBench(List.of(args));
        bench.start();
        bench.latency("deltas", false, bench::oriel);
        bench.latency("journaled", true, bench::oriel);
        if (System.getenv("NODE_PATH") == null) {
            System.out.println("no bare relay to compare with: NODE_PATH is not set");
        } else {
            bench.latency("bare relay in Node", false, GatewayBench::bareRelay);
        }
        bench.flood("300-byte deltas", 600_000, LINE, false);
        bench.flood("300-byte journaled lines", 300_000, LINE, true);
        bench.flood("100 KB journaled lines", 4_000, 100_000, true);
    }

    private void start() throws Exception {
        List<Long> millis = new ArrayList<>();
        long idle = 0;
        for (int i = 0; i < 7; i++) {
            Path folder = Files.createTempDirectory("oriel-bench");
            try (var server = ServerProcess.start(folder, jvm, "--agent", "demo")) {
                millis.add(server.startedMillis());
                idle = server.residentMiB();
            }
        }
        millis.sort(null);
        System.out.printf(
                "start to listening: median %d ms (min %d, max %d), %d MiB resident%n",
                millis.get(3), millis.getFirst(), millis.getLast(), idle);
    }

    private void latency(String name, boolean journaled, Subject subject) throws Exception {
        run(
                subject,
                t -> t.paced(4_000, LINE, journaled, 200),
                (_, client) -> {
                    var histogram = new Histogram(3);
                    count(
                            client,
                            (bytes, at, length, n) -> {
                                if (n > 400) { // the first two seconds warm up
                                    histogram.recordValue(
                                            Math.max(
                                                    0,
                                                    System.nanoTime() - sentAt(bytes, at, length)));
                                }
                            });
                    System.out.printf(
                            "latency, %s at 200 lines/s: p50 %d µs, p99 %d µs, max %d µs%n",
                            name,
                            histogram.getValueAtPercentile(50) / 1_000,
                            histogram.getValueAtPercentile(99) / 1_000,
                            histogram.getMaxValue() / 1_000);
                });
    }

    private void flood(String name, int lines, int lineBytes, boolean journaled) throws Exception {
        run(
                this::oriel,
                t -> t.flood(lines, lineBytes, journaled),
                (server, client) -> {
                    for (int round = 0; round < 3; round++) {
                        if (round > 0) {
                            client.send(prompt());
                        }
                        long cpu = server.cpuMicros();
                        long[] first = new long[1];
                        long got =
                                count(
                                        client,
                                        (_, _, _, n) -> {
                                            if (n == 0) {
                                                first[0] = System.nanoTime();
                                            }
                                        });
                        double seconds = (System.nanoTime() - first[0]) / 1e9;
                        System.out.printf(
                                "%s: %,.0f lines/s, %,.0f MB/s, %.1f µs CPU a line, %d of %d"
                                        + " arrived, %d MiB now, %d MiB peak%n",
                                name,
                                got / seconds,
                                got * (double) lineBytes / seconds / 1e6,
                                (server.cpuMicros() - cpu) / (double) lines,
                                got,
                                lines,
                                server.residentMiB(),
                                server.peakMiB());
                    }
                });
    }

    private interface Round {
        void run(ServerProcess server, LeanClient client) throws IOException;
    }

    /// The measured system: creates the server and a client that has not sent its prompt yet.
    private interface Subject {
        void with(Path folder, FakeClaude claude, Round round) throws Exception;
    }

    private void run(Subject subject, UnaryOperator<FakeTurn> turn, Round round) throws Exception {
        Path folder = Files.createTempDirectory("oriel-bench");
        FakeClaude claude = FakeClaude.in(folder.resolve("claude")).turn(turn).install();
        subject.with(
                folder,
                claude,
                (server, client) -> {
                    client.send(prompt());
                    round.run(server, client);
                });
    }

    private void oriel(Path folder, FakeClaude claude, Round round) throws Exception {
        try (var server =
                ServerProcess.start(
                        folder.resolve("data"), jvm, "--claude", claude.executable().toString())) {
            String path = "/v1/sessions/ws/" + newSession(server, folder) + "/subscribe";
            try (var client = new LeanClient(server.port(), path, server.token())) {
                round.run(server, client);
            }
        }
    }

    private static void bareRelay(Path folder, FakeClaude claude, Round round) throws Exception {
        try (var server = ServerProcess.bareRelay(folder, claude.executable());
                var client = new LeanClient(server.port(), "/", server.token())) {
            round.run(server, client);
        }
    }

    private static String prompt() {
        ObjectNode user =
                Json.object().put("type", "user").put("uuid", UUID.randomUUID().toString());
        user.putObject("message").put("role", "user").put("content", "go");
        return user.toString();
    }

    private static UUID newSession(ServerProcess server, Path folder) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + server.port() + "/v1/sessions"))
                        .header("Authorization", "Bearer " + server.token())
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        Json.object().put("cwd", folder.toString()).toString()))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return UUID.fromString(Json.mapper().readTree(body).path("id").asText());
        }
    }

    private interface Line {
        void onLine(byte[] bytes, int from, int length, long n);
    }

    /// Reads until the turn's result.
    ///
    /// @return the number of lines of the flood that arrived
    private static long count(LeanClient client, Line line) throws IOException {
        long[] n = new long[1];
        client.read((bytes, from, length) -> {
            if (find(bytes, from, Math.min(length, 400), AT) >= 0) {
                line.onLine(bytes, from, length, n[0]++);
                return true;
            }
            return find(bytes, from, length, RESULT) < 0;
        });
        return n[0];
    }

    private static final byte[] RESULT = "\"type\":\"result\"".getBytes(StandardCharsets.US_ASCII);

    private static long sentAt(byte[] bytes, int from, int length) {
        int at = find(bytes, from, length, AT) + AT.length;
        long nanos = 0;
        for (int i = at; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            nanos = nanos * 10 + bytes[i] - '0';
        }
        return nanos;
    }

    private static int find(byte[] bytes, int from, int length, byte[] what) {
        outer:
        for (int i = from; i + what.length <= from + length; i++) {
            for (int j = 0; j < what.length; j++) {
                if (bytes[i + j] != what[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }
}
