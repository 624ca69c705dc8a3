package dev.oriel.stress;

import dev.oriel.bench.ServerProcess;
import dev.oriel.message.Json;
import dev.oriel.testing.client.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A server process with a small heap and a log file, and what its clients need.
final class StressServer implements AutoCloseable {
    static final String MANAGER_KEY = "key-of-the-stress-run";

    private final Path folder;
    private final ServerProcess process;

    private StressServer(Path folder, ServerProcess process) {
        this.folder = folder;
        this.process = process;
    }

    /// @param cli executable that replaces the `claude` CLI
    static StressServer start(Path folder, Path cli, int megabytes, String... options)
            throws IOException {
        Path key = Files.writeString(folder.resolve("key"), MANAGER_KEY);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        List<String> all = new ArrayList<>(List.of("--claude", cli.toString()));
        all.addAll(List.of(options));
        return new StressServer(
                folder,
                ServerProcess.logging(
                        folder.resolve("data"),
                        folder.resolve("log"),
                        Map.of("AGENT_SERVER_API_KEY_PATH", key.toString()),
                        List.of(
                                "-XX:+UseSerialGC",
                                "-Xmx" + megabytes + "m",
                                "-Xss512k",
                                "-XX:+ExitOnOutOfMemoryError"),
                        all.toArray(new String[0])));
    }

    ServerProcess process() {
        return process;
    }

    int port() {
        return process.port();
    }

    Path folder() {
        return folder;
    }

    String bearer() {
        return "Authorization: Bearer " + process.token();
    }

    ProcessUsage vitals() throws IOException, InterruptedException {
        return ProcessUsage.of(process);
    }

    /// Sends a request with the token and returns the reply.
    String exchange(String method, String path, String body) {
        return RawClient.exchange(
                port(),
                "%s %s HTTP/1.1\r\nHost: localhost\r\n%s\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(method, path, bearer(), body.length(), body));
    }

    UUID newSession() throws IOException {
        String reply =
                exchange(
                        "POST",
                        "/v1/sessions",
                        Json.object().put("cwd", folder.toString()).toString());
        var made = Json.mapper().readTree(reply.substring(reply.indexOf("\r\n\r\n") + 4));
        return UUID.fromString(made.path("id").asText());
    }

    int connections() throws IOException {
        String reply = exchange("GET", "/health", "");
        return Json.mapper()
                .readTree(reply.substring(reply.indexOf("\r\n\r\n") + 4))
                .path("connections")
                .asInt();
    }

    /// Waits until this is the only connection, and no agent runs.
    void awaitQuiet(int seconds) throws IOException, InterruptedException {
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        while (connections() > 1 || process.handle().descendants().findAny().isPresent()) {
            if (System.nanoTime() > until) {
                throw new StressFailure(
                        "still %d connections and %d processes"
                                .formatted(
                                        connections() - 1, process.handle().descendants().count()));
            }
            Thread.sleep(200);
        }
    }

    /// Checks that the log contains no error and the process runs.
    void assertSound() throws IOException {
        if (!process.isAlive()) {
            throw new StressFailure("the server has ended, see " + folder.resolve("log"));
        }
        long errors = ProcessUsage.errors(folder.resolve("log"));
        if (errors > 0) {
            throw new StressFailure(errors + " lines of errors in " + folder.resolve("log"));
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
