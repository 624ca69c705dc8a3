package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.testing.await.Patience;
import dev.oriel.testing.claude.InstantClaude;
import dev.oriel.testing.client.RawClient;
import dev.oriel.testing.client.RawWebSocket;
import dev.oriel.testing.server.OrielProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server process that runs out of a resource. Linux only.
@Timeout(120)
class SupervisedServerJourneyTest {
    private static final String HEALTH = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static final int MEBIBYTE = 1024 * 1024;

    @TempDir Path folder;

    @BeforeEach
    void onLinuxWithAJar() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "skipped: no /proc");
        assumeTrue(OrielProcess.isBuilt(), "skipped: the jar is not built");
    }

    /// Fault 35: connections are accepted again once there are file descriptors again.
    @Test
    void connectionsAreAcceptedAgainAfterFileDescriptorsRanOut() throws Exception {
        List<String> line =
                new ArrayList<>(List.of("bash", "-c", "ulimit -n 160; exec \"$0\" \"$@\""));
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-Xmx128m", "-jar", OrielProcess.jar().toString(), "serve"));
        line.addAll(List.of("--agent", "demo", "--port", "0"));
        line.addAll(List.of("--data", folder.resolve("data").toString()));
        Process process =
                new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String listening = out.readLine();
            int port = Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1));
            // Loading a class from a folder needs a descriptor, and a class that failed to load
            // once never loads. The shipped jar is one open file; a jar for tests may refer to
            // folders.
            RawClient.exchange(port, HEALTH);
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                clients.add(RawClient.connect(port));
            }
            clients.forEach(RawClient::close);
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .ignoreExceptions()
                    .until(() -> RawClient.exchange(port, HEALTH).startsWith("HTTP/1.1 200 "));
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    /// Fault 39: with the largest message and the most objects in it, one client does not exhaust
    /// the memory limit of the shipped server.
    @Test
    void noMessageOfAClientExhaustsTheMemory() throws Exception {
        String data = folder.resolve("data").toString();
        try (OrielProcess server =
                OrielProcess.start(
                        Map.of(), "serve", "--agent", "demo", "--auth", "none", "--port", "0",
                        "--data", data)) {
            int port = server.port();
            try (RawWebSocket client = RawWebSocket.connect(port, "/relay/ws")) {
                String objects = "{\"a\":1},".repeat(7 * MEBIBYTE / 8);
                client.sendText("{\"type\":\"user_message\",\"data\":[" + objects + "0]}");
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .ignoreExceptions()
                        .until(() -> client.await(RawWebSocket.TEXT).text().contains("not JSON"));
            }
            // One character outside of Latin-1, so that the rest needs twice the memory.
            String text = "a".repeat(16 * MEBIBYTE) + "\u6F22";
            try (RawWebSocket client = RawWebSocket.connect(port, "/enhanced/ws")) {
                String query = "{\"type\":\"query\",\"prompt\":\"%s\"}".formatted(text);
                client.trySend(
                        RawWebSocket.frame(
                                RawWebSocket.TEXT,
                                true,
                                true,
                                query.getBytes(StandardCharsets.UTF_8)));
                assertThat(client.awaitClose()).isEqualTo(1009);
            }
            assertThat(RawClient.exchange(port, HEALTH)).startsWith("HTTP/1.1 200 ");
        }
    }

    /// Nor does the output of an agent, even if one character doubles the memory of the rest.
    @Test
    void noLineOfAnAgentExhaustsTheMemory() throws Exception {
        List<String> texts =
                List.of(
                        "x".repeat(60 * MEBIBYTE),
                        "x".repeat(15 * MEBIBYTE - 1024) + "\u6F22",
                        "Still here");
        Path claude = InstantClaude.in(folder, texts);
        String data = folder.resolve("data").toString();
        String cli = "--claude=" + claude;
        try (OrielProcess server =
                OrielProcess.start(
                        Map.of(), "serve", "--agent", "cli", cli, "--auth", "none", "--port", "0",
                        "--data", data)) {
            try (RawWebSocket client = RawWebSocket.connect(server.port(), "/enhanced/ws")) {
                client.sendText("{\"type\":\"query\",\"prompt\":\"hello\"}");
                Awaitility.await()
                        .atMost(Duration.ofSeconds(90))
                        .ignoreExceptions()
                        .until(() -> client.await(RawWebSocket.TEXT).text().contains("Still here"));
            }
            assertThat(RawClient.exchange(server.port(), HEALTH)).startsWith("HTTP/1.1 200 ");
        }
    }

    /// systemd restarts a server that stops notifying it.
    @Test
    void systemdIsNotifiedAsLongAsThePortsRespond() throws Exception {
        assumeTrue(hasPython(), "skipped: no python3 to listen for datagrams");
        Path socket = folder.resolve("notify");
        Process listener =
                new ProcessBuilder(
                                "python3",
                                "-c",
                                """
                                import socket, sys
                                s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                                s.bind(sys.argv[1])
                                print("ready", flush=True)
                                print(s.recv(100).decode(), flush=True)
                                """,
                                socket.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader heard = listener.inputReader(StandardCharsets.UTF_8)) {
            assertThat(heard.readLine()).isEqualTo("ready");
            try (OrielProcess server =
                    OrielProcess.start(
                            Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "60000000"),
                            "serve",
                            "--agent",
                            "demo",
                            "--port",
                            "0",
                            "--data",
                            folder.resolve("data").toString())) {
                assertThat(server.port()).isPositive();
                assertThat(heard.readLine()).isEqualTo("WATCHDOG=1");
            }
        } finally {
            listener.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
