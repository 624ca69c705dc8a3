package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.client.RawClient;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that a port accepts and refuses.
class GatewaySocketTest {
    @TempDir Path folder;
    private RunningServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private void start(UnaryOperator<ServerConfig> setUp) {
        server = RunningServer.in(folder, setUp, new ScriptedProvider());
    }

    @Test
    void healthNeedsNoTokenAndReportsLittle() throws Exception {
        start(c -> c);
        var reply = server.send(server.request("GET", "/health", null).build());
        assertThat(reply.statusCode()).isEqualTo(200);
        JsonNode health = Json.mapper().readTree(reply.body());
        assertThat(health.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "status",
                        "version",
                        "program",
                        "sessions",
                        "connections",
                        "active_sessions",
                        "max_sessions");
        assertThat(health.path("status").asText()).isEqualTo("ok");
        assertThat(health.path("connections").asInt()).isEqualTo(1);
    }

    @Test
    void metricsNeedTheToken() throws Exception {
        start(c -> c);
        assertThat(server.send(server.request("GET", "/metrics", null).build()).statusCode())
                .isEqualTo(401);
        var reply = server.call("GET", "/metrics", null);
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("content-type").orElseThrow())
                .startsWith("text/plain");
        assertThat(reply.body())
                .contains("oriel_connections ", "oriel_sessions ", "oriel_agents_running ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1", "/v1/", "/v2/sessions", "/health/x", "/../etc/passwd"})
    void anUnknownPathIsNotFound(String path) {
        start(c -> c);
        String reply = ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + bearer() + "\r\n");
        assertRefused(reply, 404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ws/", "/v1/sessions", "/v1/sessions/ws//subscribe", "/v1/feed/"})
    void anUpgradeOfAnUnknownPathIsNotFound(String path) {
        start(c -> c);
        try (RawClient client = RawClient.connect(server.port())) {
            assertThat(client.upgrade(path, "localhost", bearer())).startsWith("HTTP/1.1 404 ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example,",
        "evil.example:6743,http://evil.example:6743",
        "localhost,http://evil.example",
        "localhost,null"
    })
    void aForeignHostOrOriginIsRefusedForRequestsAndUpgrades(String host, String origin) {
        start(c -> c);
        String headers = bearer() + (origin == null ? "" : "Origin: " + origin + "\r\n");
        assertRefused(
                ask("GET /health HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n"),
                403,
                "forbidden");
        try (RawClient client = RawClient.connect(server.port())) {
            assertThat(client.upgrade("/v1/feed", host, headers)).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void aRequestWithoutAHostOrWithTwoIsRefused() {
        start(c -> c);
        assertRefused(ask("GET /health HTTP/1.1\r\n\r\n"), 403, "forbidden");
        assertRefused(
                ask("GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"),
                400,
                "bad_request");
    }

    @Test
    void theServersOwnOriginAndAnAllowedOneMayConnect() {
        start(ServerSetUp.allowing(Set.of("den.local"), Set.of("https://app.example")));
        String own = "127.0.0.1:" + server.port();
        for (String origin : List.of("http://" + own, "https://app.example")) {
            try (RawClient client = RawClient.connect(server.port())) {
                assertThat(client.upgrade("/v1/feed", own, "Origin: " + origin + "\r\n"))
                        .startsWith("HTTP/1.1 101 ");
            }
        }
        assertThat(ask("GET /health HTTP/1.1\r\nHost: den.local\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aHeadThatIsTooLargeIsRefusedInOnePieceAndInMany() {
        start(ServerSetUp.limits(ServerSetUp.small()));
        String filler = "X: " + "x".repeat(5_000) + "\r\n";
        assertRefused(
                ask("GET /health HTTP/1.1\r\nHost: localhost\r\n" + filler + "\r\n"),
                431,
                "too_large");
        assertRefused(
                ask("GET /health HTTP/1.1\r\nHost: localhost\r\n" + filler), 431, "too_large");
    }

    @Test
    void aHeadWithTooManyHeadersIsRefused() {
        start(c -> c);
        assertRefused(
                ask(
                        "GET /health HTTP/1.1\r\nHost: localhost\r\n"
                                + "A: b\r\n".repeat(500)
                                + "\r\n"),
                400,
                "bad_request");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedAndTheClientReceivesTheReason() {
        start(ServerSetUp.limits(ServerSetUp.small()));
        assertRefused(
                ask(
                        "POST /v1/sessions HTTP/1.1\r\n"
                                + "Host: localhost\r\n"
                                + "Content-Length: 8000000\r\n\r\n"
                                + "x".repeat(8_000_000)),
                413,
                "too_large");
    }

    @Test
    void aChunkedBodyIsRefused() {
        start(c -> c);
        assertRefused(
                ask(
                        lines(
                                "POST /v1/sessions HTTP/1.1",
                                "Host: localhost",
                                "Transfer-Encoding: chunked",
                                "",
                                "2",
                                "{}",
                                "0",
                                "",
                                "")),
                411,
                "bad_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "1 2", ""})
    void aLengthThatIsNotANumberIsRefused(String length) {
        start(c -> c);
        assertRefused(
                ask(
                        "POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                                + length
                                + "\r\n\r\n"),
                400,
                "bad_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/1.1\r\nno colon here\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
                "\r\n\r\n\r\n\r\n"
            })
    void aRequestThatIsNotHttpIsRefused(String request) {
        start(c -> c);
        assertRefused(ask(request), 400, "bad_request");
    }

    @Test
    void aRequestInPiecesIsReadCompletely() {
        start(c -> c);
        String request = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (RawClient client = RawClient.connect(server.port())) {
            request.chars().forEach(c -> client.send(String.valueOf((char) c)));
            assertThat(client.readAll()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aRequestThatIsTooSlowIsRefused() {
        start(ServerSetUp.limits(ServerSetUp.small()));
        assertRefused(ask("GET /health HTTP/1.1\r\nHost: loc"), 408, "too_slow");
        assertRefused(ask(""), 408, "too_slow");
        assertRefused(
                ask("POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"),
                408,
                "too_slow");
    }

    @Test
    void clientsBeyondTheLimitAreRefusedUntilOneDisconnects() {
        start(ServerSetUp.limits(ServerSetUp.connections(3)));
        List<NativeClient> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(feed());
        }
        String list = "GET /v1/sessions HTTP/1.1\r\nHost: localhost\r\n" + bearer() + "\r\n";
        assertRefused(ask(list), 503, "too_many");
        try (RawClient late = RawClient.connect(server.port())) {
            assertThat(late.upgrade("/v1/feed", "localhost", bearer())).startsWith("HTTP/1.1 503 ");
        }
        try (NativeClient late = NativeClient.connect(server.port(), "/v1/feed")) {
            late.send("{\"type\":\"auth\",\"token\":\"" + server.server().token() + "\"}");
            assertThat(late.awaitClosed().code()).isEqualTo(1013);
        }
        clients.removeFirst().close();
        Awaitility.await().until(() -> ask(list).startsWith("HTTP/1.1 200 "));
        clients.forEach(NativeClient::close);
    }

    @Test
    void aFrameThatIsTooLargeClosesWith1009() {
        start(ServerSetUp.limits(ServerSetUp.small()));
        try (NativeClient client = feed()) {
            client.send("x".repeat(100_000));
            assertThat(client.awaitClosed().code()).isEqualTo(1009);
        }
    }

    @Test
    void anInvalidUpgradeIsRefusedAndTheServerContinues() {
        start(c -> c);
        String reply =
                ask(
                        lines(
                                "GET /v1/feed HTTP/1.1",
                                "Host: localhost",
                                "Upgrade: websocket",
                                "Connection: Upgrade",
                                "",
                                ""));
        assertThat(reply).startsWith("HTTP/1.1 4");
        assertSafe(reply);
        assertThat(ask("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")).contains(" 200 ");
    }

    @Test
    void anUnmaskedOrInvalidFrameClosesItsConnectionOnly() {
        start(c -> c);
        for (byte[] frame :
                List.of(
                        new byte[] {(byte) 0xFF, (byte) 0xFF, 1, 2, 3, 4, 5},
                        new byte[] {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0})) {
            try (RawClient client = RawClient.connect(server.port())) {
                client.upgrade("/v1/feed", "localhost", bearer());
                client.send(frame);
                client.readAllBytes();
            }
        }
        feed().close();
    }

    @Test
    void withoutATokenEverythingIsOpenOnLoopback() throws Exception {
        start(ServerSetUp.withoutToken());
        assertThat(server.send(server.request("GET", "/v1/sessions", null).build()).statusCode())
                .isEqualTo(200);
        try (NativeClient client = NativeClient.connect(server.port(), "/v1/feed")) {
            client.await("sessions");
        }
    }

    @Test
    void withoutATokenOnlyLoopbackIsListenedOn() {
        assertThatThrownBy(() ->
                        start(c ->
                                ServerSetUp.withoutToken()
                                        .apply(ServerSetUp.host("0.0.0.0").apply(c))))
                .cause()
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("loopback");
    }

    @Test
    void onlyTheOwnerCanReadTheFiles() throws Exception {
        start(c -> c);
        Path data = folder.resolve("data");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        try (var files = Files.list(data)) {
            assertThat(files.toList())
                    .contains(data.resolve("token"))
                    .allSatisfy(f ->
                            assertThat(
                                            PosixFilePermissions.toString(
                                                    Files.getPosixFilePermissions(f)))
                                    .isEqualTo("rw-------"));
        }
        assertThat(Files.readString(data.resolve("token")).strip())
                .isEqualTo(server.server().token())
                .hasSizeGreaterThan(40);
    }

    @Test
    void aTokenFileThatOthersCanReadIsRestrictedToTheOwner() throws Exception {
        Path token = folder.resolve("data/token");
        Files.createDirectories(token.getParent());
        Files.writeString(token, "known-to-all");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        start(c -> c);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
        assertThat(server.server().token()).isEqualTo("known-to-all");
    }

    @Test
    void anAddressOfAnotherComputerIsNotReportedAsAPortInUse() {
        assertThatThrownBy(() -> start(ServerSetUp.host("192.0.2.1")))
                .cause()
                .hasMessageContaining("not an address of this machine");
    }

    @Test
    void additionalPortsAreServedTogetherWithTheMainOne() throws Exception {
        start(c ->
                c.withDialectPorts(
                        List.of(
                                new DialectPort("sessions", "127.0.0.1", 0),
                                new DialectPort("sessions", "127.0.0.1", 0))));

        assertThat(server.server().urls()).hasSize(3).doesNotHaveDuplicates();
        for (String url : server.server().urls()) {
            HttpRequest health = HttpRequest.newBuilder(URI.create(url + "/health")).build();
            assertThat(server.send(health).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anAdditionalPortThatIsInUsePreventsTheStart() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            start(c ->
                                    c.withDialectPorts(
                                            List.of(
                                                    new DialectPort(
                                                            "sessions",
                                                            "127.0.0.1",
                                                            taken.getLocalPort())))))
                    .cause()
                    .hasMessageContaining("Port " + taken.getLocalPort() + " is taken");
        }
        start(c -> c); // nothing was left
    }

    @Test
    void theTokenStaysTheSameAcrossStarts() {
        start(c -> c);
        String token = server.server().token();
        server.close();
        start(c -> c);
        assertThat(server.server().token()).isEqualTo(token);
    }

    @Test
    void theServerDoesNotStartWithAnEmptyTokenFile() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/token"), "\n");
        assertThatThrownBy(() -> start(c -> c)).cause().hasMessageContaining("token file is empty");
    }

    @Test
    void clientsAreListedWithTheirActivity() throws Exception {
        start(c -> c);
        var session = server.newSession();
        try (NativeClient feed = feed();
                NativeClient client = server.subscribe(session, 0L)) {
            feed.await("sessions");
            client.awaitState("idle");
            assertThat(server.server().clients())
                    .extracting(ConnectedClient::activity)
                    .containsExactlyInAnyOrder("feed", "session " + session);
        }
        Awaitility.await().until(() -> server.server().clients().isEmpty());
    }

    @Test
    void aServerThatShutsDownSendsACloseFrame() {
        start(c -> c);
        try (NativeClient client = feed()) {
            client.await("sessions");
            server.close();
            assertThat(client.awaitClosed().code()).isEqualTo(1001);
        }
        server = null;
    }

    private NativeClient feed() {
        return NativeClient.connect(server.port(), "/v1/feed", bearer().strip());
    }

    private String bearer() {
        return "Authorization: Bearer " + server.server().token() + "\r\n";
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines);
    }

    private String ask(String request) {
        return RawClient.exchange(server.port(), request);
    }

    private void assertRefused(String reply, int status, String code) {
        assertThat(reply).startsWith("HTTP/1.1 " + status + " ");
        assertThat(reply).contains("{\"error\":{\"code\":\"" + code + "\",\"message\":\"");
        assertThat(reply.toLowerCase(Locale.ROOT)).contains("\r\nconnection: close\r\n");
        assertSafe(reply);
    }

    private void assertSafe(String reply) {
        assertThat(reply)
                .doesNotContain(
                        server.server().token(),
                        folder.toString(),
                        "Exception",
                        "\tat ",
                        "java_websocket",
                        "dev.oriel");
    }
}
