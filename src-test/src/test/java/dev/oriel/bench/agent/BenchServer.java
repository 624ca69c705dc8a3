package dev.oriel.bench.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.bench.LeanClient;
import dev.oriel.bench.ServerProcess;
import dev.oriel.message.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A server process with one kind of agent, its sessions and their prompts.
final class BenchServer implements AutoCloseable {
    /// The options of the packages.
    private static final List<String> JVM =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xms40m",
                    "-Xmn24m",
                    "-XX:SurvivorRatio=2",
                    "-Xmx256m",
                    "-Xss512k",
                    "-XX:-UsePerfData",
                    "-XX:+UseCompactObjectHeaders");

    private static final byte[] RESULT = "\"type\":\"result\"".getBytes(StandardCharsets.US_ASCII);

    final ServerProcess process;
    private final Path folder;

    private BenchServer(ServerProcess process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /// @param jvm options of the JVM; empty for those of the packages, `-` for none
    static BenchServer start(Path folder, List<String> jvm, String... options) throws IOException {
        List<String> all = new ArrayList<>(jvm.isEmpty() ? JVM : jvm);
        all.remove("-");
        return new BenchServer(
                ServerProcess.logging(
                        folder.resolve("data"),
                        folder.resolve("server.log"),
                        Map.of(),
                        all,
                        options),
                folder);
    }

    /// With the agent on the Messages API.
    static BenchServer api(Path folder, List<String> jvm, String url) throws IOException {
        return start(folder, jvm, "--agent", "api", "--base-url", url, "--model", "bench-model");
    }

    /// Creates a session and subscribes to it.
    LeanClient newSession() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + process.port() + "/v1/sessions"))
                        .header("Authorization", "Bearer " + process.token())
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        Json.object().put("cwd", folder.toString()).toString()))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            String id = Json.mapper().readTree(body).path("id").asText();
            String path = "/v1/sessions/ws/" + id + "/subscribe";
            return new LeanClient(process.port(), path, process.token());
        }
    }

    static void prompt(LeanClient client, String text) throws IOException {
        ObjectNode user =
                Json.object().put("type", "user").put("uuid", UUID.randomUUID().toString());
        user.putObject("message").put("role", "user").put("content", text);
        client.send(user.toString());
    }

    /// Sees a frame with a marked delta.
    interface Marked {
        /// @param at the number after `at=`
        void on(long at) throws IOException;
    }

    /// Reads until the turn's result.
    ///
    /// @return the number of marked deltas
    static long awaitResult(LeanClient client, byte[] mark, Marked marked) throws IOException {
        long[] count = {0};
        byte[] text = "\"text_delta\"".getBytes(StandardCharsets.US_ASCII);
        client.read((bytes, from, length) -> {
            int at = find(bytes, from, Math.min(length, 500), mark);
            if (at >= 0 && find(bytes, from, Math.min(length, 500), text) >= 0) {
                count[0]++;
                marked.on(number(bytes, at + mark.length));
                return true;
            }
            return find(bytes, from, length, RESULT) < 0;
        });
        return count[0];
    }

    private static long number(byte[] bytes, int from) {
        long number = 0;
        for (int i = from; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = number * 10 + bytes[i] - '0';
        }
        return number;
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

    @Override
    public void close() {
        process.close();
    }
}
