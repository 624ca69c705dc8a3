package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.client.RawClient;
import dev.oriel.testing.server.OrielProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `serve --classic` with the real jar, on the ports of the other systems. Skipped if one of them
/// is taken.
class ClassicPortsJourneyTest {
    private static final int ENHANCED = 8000;
    private static final int RELAY_AND_ONESHOT = 3000;
    private static final int MANAGER = 8001;
    private static final String KEY = "a key of the test";

    @TempDir Path folder;

    @BeforeEach
    void needsTheJarAndThePorts() {
        assumeTrue(
                OrielProcess.isBuilt(),
                "skipped: oriel-server.jar is not built; run mvn package first");
        for (int port : List.of(ENHANCED, RELAY_AND_ONESHOT, MANAGER)) {
            assumeTrue(
                    isFree(port),
                    "skipped: port " + port + " of this computer is taken by another program");
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = held(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket held(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    private OrielProcess serve(String... more) throws IOException {
        Path key = Files.writeString(folder.resolve("key"), KEY);
        // A file that others can read is rejected.
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        List<String> args =
                new ArrayList<>(List.of("serve", "--classic", "--auth", "none", "--agent", "demo"));
        args.addAll(List.of("--port", "0", "--data", folder.resolve("data").toString()));
        args.addAll(List.of(more));
        return OrielProcess.start(
                Map.of("AGENT_SERVER_API_KEY_PATH", key.toString()), args.toArray(String[]::new));
    }

    /// The first line is written when all ports are open.
    private static void awaitOpen(OrielProcess server) throws Exception {
        assertThat(server.firstLine()).contains("listening on");
    }

    private static JsonNode firstFrame(int port, String path) {
        try (NativeClient client = NativeClient.connect(port, path)) {
            return client.await(any -> any.isObject(), "first frame");
        }
    }

    @Test
    void everyClassicPortServesItsDialect() throws Exception {
        try (OrielProcess server = serve()) {
            awaitOpen(server);
            JsonNode enhanced = firstFrame(ENHANCED, "/ws");
            assertThat(enhanced.path("type").asText()).isEqualTo("connection_established");
            assertThat(enhanced.at("/data/capabilities/interrupt_query").asBoolean()).isTrue();
            assertThat(firstFrame(RELAY_AND_ONESHOT, "/ws").toString())
                    .isEqualTo("{\"type\":\"connected\"}");
            assertThat(firstFrame(RELAY_AND_ONESHOT, "/ws/claude").path("info").isTextual())
                    .isTrue();
            try (NativeClient manager = NativeClient.connect(MANAGER, "/ws")) {
                manager.send("{\"type\":\"auth\",\"token\":\"" + KEY + "\"}");
                manager.await("auth_success");
                assertThat(manager.frames()).hasSize(1);
            }
            assertThat(get(ENHANCED, "/health")).contains("\"status\":\"healthy\"");
            assertThat(get(RELAY_AND_ONESHOT, "/config")).contains("{\"config\":{}}");
            assertThat(get(MANAGER, "/health")).startsWith("HTTP/1.1 200 ");
            server.terminate();
            assertThat(server.exitCode()).isZero();
            assertThat(server.out())
                    .hasSize(4)
                    .allMatch(l -> l.startsWith("oriel-server listening on http://127.0.0.1:"))
                    .extracting(l -> l.substring(l.lastIndexOf(':') + 1))
                    .contains("8000", "3000", "8001");
            assertThat(server.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8000, Choose another with --listen enhanced=PORT.",
        "3000, Choose another with --listen relay=PORT --listen oneshot=PORT.",
        "8001, Choose another with --listen manager=PORT."
    })
    void aTakenClassicPortIsReportedInOneLineAndNothingIsServed(int port, String remedy)
            throws Exception {
        try (ServerSocket taken = held(port);
                OrielProcess server = serve()) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.out()).isEmpty();
            assertThat(server.err())
                    .containsExactly(
                            "oriel-server: Port %d is taken by another program. %s"
                                    .formatted(taken.getLocalPort(), remedy));
        }
    }

    @Test
    void theSuggestedRemedyWorks() throws Exception {
        try (ServerSocket taken = held(ENHANCED);
                OrielProcess server = serve("--listen", "enhanced=0")) {
            awaitOpen(server);
            assertThat(firstFrame(RELAY_AND_ONESHOT, "/ws").path("type").asText())
                    .isEqualTo("connected");
            server.terminate();
            assertThat(server.exitCode()).isZero();
            assertThat(server.out()).noneMatch(l -> l.endsWith(":" + taken.getLocalPort()));
        }
    }

    private static String get(int port, String path) {
        return RawClient.exchange(port, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
}
