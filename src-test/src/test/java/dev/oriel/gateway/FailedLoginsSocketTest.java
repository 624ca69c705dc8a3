package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.dialect.manager.ManagerServer;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.log.CapturedLog;
import dev.oriel.testing.server.RunningServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Guesses at a server's token: replies to wrong ones are delayed, those to the right one never
/// are, and both are counted on every path.
class FailedLoginsSocketTest {
    @TempDir Path folder;

    private static HttpResponse<String> sessions(RunningServer server, String token)
            throws Exception {
        return server.send(
                server.request("GET", "/v1/sessions", null)
                        .header("Authorization", "Bearer " + token)
                        .build());
    }

    private static int counted(RunningServer server) throws Exception {
        String line =
                server.call("GET", "/metrics", null)
                        .body()
                        .lines()
                        .filter(l -> l.startsWith("oriel_logins_failed_total "))
                        .findFirst()
                        .orElseThrow();
        return (int) Double.parseDouble(line.substring(line.indexOf(' ') + 1));
    }

    private static long millis(ThrowingRunnable what) throws Exception {
        long from = System.nanoTime();
        what.run();
        return Duration.ofNanos(System.nanoTime() - from).toMillis();
    }

    private interface ThrowingRunnable {
        void run() throws Exception;
    }

    @Test
    void wrongTokensAreDelayedAndTheRightOneIsNot() throws Exception {
        try (RunningServer server = RunningServer.in(folder, new DemoProvider())) {
            for (int i = 0; i < 6; i++) {
                assertThat(sessions(server, "guess-" + i).statusCode()).isEqualTo(401);
            }
            // The next one waits for 1.6 seconds.
            assertThat(millis(() -> sessions(server, "guess"))).isGreaterThanOrEqualTo(1_600);
            assertThat(sessions(server, server.server().token()).statusCode()).isEqualTo(200);
            assertThat(counted(server)).isEqualTo(7);
        }
    }

    /// Delays are per address, which has to be known on every path.
    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/feed", "/ws", "/relay/ws", "/ws/claude", "/manager/ws?token=guess"})
    void theLogContainsTheAddressOfAGuess(String path) throws Exception {
        try (ManagerServer manager = ManagerServer.in(folder, new DemoProvider());
                var log = CapturedLog.warnings("dev.oriel.dialect")) {
            NativeClient.connect(manager.server().port(), path, "Authorization: Bearer guess");
            Awaitility.await()
                    .until(() ->
                            log.lines().stream()
                                    .anyMatch(l ->
                                            l.contains(
                                                    "Received a wrong token from"
                                                            + " 127.0.0.1 ")));
        }
    }

    @Test
    void aWrongTokenIsCountedOnEveryPath() throws Exception {
        try (ManagerServer manager = ManagerServer.in(folder, new DemoProvider())) {
            RunningServer server = manager.server();
            List<NativeClient> guessing =
                    List.of(
                            NativeClient.connect(
                                    server.port(), "/v1/feed", "Authorization: Bearer guess"),
                            NativeClient.connect(server.port(), "/v1/feed"),
                            NativeClient.connect(server.port(), "/relay/ws"),
                            manager.connect("?token=guess"),
                            manager.connect(""));
            guessing.get(1).send("{\"type\":\"auth\",\"token\":\"guess\"}");
            guessing.get(2).send("{\"type\":\"auth\",\"token\":\"guess\"}");
            guessing.get(4).send("{\"type\":\"auth\",\"token\":\"guess\"}");
            for (int i : new int[] {0, 1, 2, 4}) {
                guessing.get(i).awaitClosed();
            }
            // A frame without a token is not counted.
            guessing.get(3).send("{\"type\":\"ping\"}");
            guessing.get(3).awaitClosed();
            assertThat(counted(server)).isEqualTo(5);
        }
    }

    @Test
    void aClientWithTheRightTokenConnectsDuringAHundredGuesses() throws Exception {
        try (RunningServer server = RunningServer.in(folder, new DemoProvider())) {
            for (int i = 0; i < 100; i++) {
                NativeClient.connect(server.port(), "/v1/feed", "Authorization: Bearer guess");
            }
            String bearer = "Authorization: Bearer " + server.server().token();
            try (NativeClient feed = NativeClient.connect(server.port(), "/v1/feed", bearer)) {
                feed.await("sessions");
            }
        }
    }
}
