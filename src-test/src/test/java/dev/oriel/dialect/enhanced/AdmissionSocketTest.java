package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.oriel.dialect.RateLimit.Rate;
import dev.oriel.gateway.DialectPort;
import dev.oriel.gateway.ServerConfig;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.EchoProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.client.RawClient;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Logins, limits, and the HTTP routes of the enhanced dialect.
class AdmissionSocketTest extends EnhancedServerFixture {
    private static final byte[] SECRET =
            "a secret of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER =
            "another one of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8);

    private static UnaryOperator<ServerConfig> with(UnaryOperator<EnhancedSettings> change) {
        return c -> {
            var dialects = c.dialects();
            return c.withDialects(dialects.withEnhanced(change.apply(dialects.enhanced())));
        };
    }

    private static UnaryOperator<ServerConfig> jwt() {
        return with(s -> s.withJwt(new JwtCheck(SECRET)));
    }

    private static ServerConfig withClassicPort(ServerConfig c) {
        return c.withDialectPorts(List.of(new DialectPort("enhanced", "127.0.0.1", 0)));
    }

    private static <T> UnaryOperator<T> both(UnaryOperator<T> one, UnaryOperator<T> two) {
        return c -> two.apply(one.apply(c));
    }

    private static JWTClaimsSet.Builder person() {
        return new JWTClaimsSet.Builder()
                .subject("ada")
                .expirationTime(Date.from(Instant.now().plusSeconds(60)));
    }

    private static String signed(JWTClaimsSet.Builder claims, byte[] secret, JWSAlgorithm how) {
        try {
            var jwt = new SignedJWT(new JWSHeader(how), claims.build());
            jwt.sign(new MACSigner(secret));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<String> wrongTokens() {
        byte[] sixtyFour = "x".repeat(64).getBytes(StandardCharsets.UTF_8);
        String good = signed(person(), SECRET, JWSAlgorithm.HS256);
        return Stream.of(
                "",
                "nonsense",
                good + "x",
                good.substring(0, good.lastIndexOf('.') + 1),
                signed(person(), OTHER, JWSAlgorithm.HS256),
                signed(person(), sixtyFour, JWSAlgorithm.HS512),
                new PlainJWT(person().build()).serialize(),
                signed(person().subject(null), SECRET, JWSAlgorithm.HS256),
                signed(person().subject(" "), SECRET, JWSAlgorithm.HS256),
                signed(person().expirationTime(null), SECRET, JWSAlgorithm.HS256),
                signed(
                        person().expirationTime(Date.from(Instant.now().minusSeconds(2))),
                        SECRET,
                        JWSAlgorithm.HS256),
                signed(
                        person().notBeforeTime(Date.from(Instant.now().plusSeconds(60))),
                        SECRET,
                        JWSAlgorithm.HS256));
    }

    @Test
    void aTokenOfTheIssuerLetsIn() {
        RunningServer server = start(jwt());
        String token = signed(person(), SECRET, JWSAlgorithm.HS256);
        try (var client = NativeClient.connect(server.port(), "/enhanced/ws?token=" + token)) {
            client.await("connection_established");
        }
        try (var client = NativeClient.connect(server.port(), "/ws")) {
            client.send(Json.object().put("type", "auth").put("token", token).toString());
            client.await("connection_established");
        }
    }

    @Test
    void theServersOwnTokenStillLetsIn() {
        connect(start(jwt()), "/ws").await("connection_established");
    }

    @ParameterizedTest
    @MethodSource("wrongTokens")
    void anyOtherTokenIsRefusedWithTheDocumentedCode(String token) {
        RunningServer server = start(jwt());
        try (var client = NativeClient.connect(server.port(), "/ws?token=" + token)) {
            assertThat(client.awaitClosed())
                    .isEqualTo(new NativeClient.Closed(1008, "Invalid authentication"));
            assertThat(client.frames()).isEmpty();
        }
    }

    @Test
    void whereNoTokenIsNeededAnIssuersOneIsNeverthelessWhereThereIsAnIssuer() throws Exception {
        RunningServer server = start(both(ServerSetUp.withoutToken(), jwt()));
        try (var client = NativeClient.connect(server.port(), "/ws")) {
            client.send("{\"type\":\"ping\"}");
            assertThat(client.awaitClosed().code()).isEqualTo(1008);
        }
        assertThat(get(server.server().url() + "/sessions").statusCode()).isEqualTo(401);
        String token = signed(person(), SECRET, JWSAlgorithm.HS256);
        assertThat(get(server.server().url() + "/sessions?token=" + token).statusCode())
                .isEqualTo(200);
    }

    @Test
    void withoutAJwtSecretATokenInTheUrlIsIgnored() {
        RunningServer server = start(ServerSetUp.limits(ServerSetUp.small()));
        String path = "/ws?token=" + server.server().token();
        try (var client = NativeClient.connect(server.port(), path)) {
            assertThat(client.awaitClosed().code()).isEqualTo(1008);
            assertThat(client.frames()).isEmpty();
        }
    }

    @Test
    void theRateLimitDoesNotApplyToInterruptsAndPings() {
        RunningServer server = start(with(s -> s.withRate(new Rate(2, Duration.ofMinutes(10)))));
        NativeClient client = connect(server);
        sendQuery(client, "one");
        send(client, "get_tools");
        client.await("tools_list");
        send(client, "get_tools");
        assertThat(errorOf(nth(client, 1, "error")))
                .matches("Rate limit exceeded\\. Try again in \\d{3} s\\.");
        awaitHandled(client);
        send(client, "interrupt");
        client.await("interrupt_acknowledged");
        NativeClient other = connect(server);
        send(other, "get_tools");
        other.await("tools_list");
    }

    @Test
    void theLimitIsOverWhenItsTimeIs() {
        RunningServer server = start(with(s -> s.withRate(new Rate(1, Duration.ofMillis(300)))));
        NativeClient client = connect(server);
        send(client, "get_tools");
        client.await("tools_list");
        Awaitility.await()
                .until(() -> {
                    send(client, "get_tools");
                    awaitHandled(client);
                    return of(client, "tools_list").size() == 2;
                });
    }

    @Test
    void aConnectionOverTheLimitIsRejectedUntilOneCloses() {
        RunningServer server = start(with(s -> s.withMaxSessions(1)));
        NativeClient first = connect(server);
        NativeClient second = connect(server, "/ws");
        assertThat(errorOf(nth(second, 1, "error")))
                .isEqualTo("Maximum number of sessions reached");
        assertThat(second.awaitClosed().code()).isEqualTo(1013);
        first.close();
        Awaitility.await()
                .until(() -> {
                    NativeClient next = connect(server, "/ws");
                    next.await(f -> true, "a first frame");
                    return types(next).contains("connection_established");
                });
    }

    @Test
    void whoDoesNothingForLongIsLetGoButNotInMidQuery() {
        RunningServer server = start(with(s -> s.withSessionTimeout(Duration.ofMillis(400))));
        NativeClient busy = connect(server);
        sendQuery(busy, "one");
        agents.awaitAgent(0, 1).emitInit();
        NativeClient idle = connect(server);
        assertThat(idle.awaitClosed()).isEqualTo(new NativeClient.Closed(1000, "session timeout"));
        assertThat(busy.isOpen()).isTrue();
        agents.awaitAgent(0, 1).emitResult();
        busy.await("query_end");
        assertThat(busy.awaitClosed().code()).isEqualTo(1000);
    }

    @Test
    void theClassicPortServesTheSystemsOwnPathsAndNoOthers() throws Exception {
        RunningServer server = start(AdmissionSocketTest::withClassicPort);
        String url = server.server().urls().get(1);
        int port = URI.create(url).getPort();
        String bearer = "Authorization: Bearer " + server.server().token();
        NativeClient client = closing(NativeClient.connect(port, "/ws", bearer));
        client.await("connection_established");
        sendQuery(client, "one");
        emitTurn(agents.awaitAgent(0, 1), "1");
        client.await("query_end");
        JsonNode health = Json.mapper().readTree(get(url + "/health").body());
        assertThat(health.toString())
                .isEqualTo("{\"status\":\"healthy\",\"active_sessions\":1,\"max_sessions\":512}");
        assertThat(get(url + "/sessions").statusCode()).isEqualTo(401);
        JsonNode sessions = Json.mapper().readTree(get(url + "/sessions", bearer).body());
        JsonNode session = sessions.at("/sessions/0");
        assertThat(sessions.path("sessions")).hasSize(1);
        assertThat(session.path("session_id"))
                .isEqualTo(client.await("connection_established").at("/data/session_id"));
        assertThat(session.path("query_running").booleanValue()).isFalse();
        assertThat(Instant.parse(session.path("created_at").asText())).isBefore(Instant.now());
        assertThat(get(url + "/v1/sessions", bearer).statusCode()).isEqualTo(404);
        assertThat(get(server.server().url() + "/sessions", bearer).body())
                .isEqualTo("{\"sessions\":[]}");
    }

    @Test
    void thePageToTryItNeedsNoTokenAndMayDoLittle() throws Exception {
        RunningServer server = start(AdmissionSocketTest::withClassicPort);
        List<String> urls = server.server().urls();
        for (String page : List.of(urls.getFirst() + "/enhanced/", urls.get(1) + "/")) {
            var html = get(page);
            assertThat(html.statusCode()).isEqualTo(200);
            assertThat(html.body()).contains("enhanced.js", "data-token=\"needed\"");
            assertThat(header(html, "content-security-policy")).contains("default-src 'none'");
            assertThat(get(page + "enhanced.js").body()).contains("query_start");
            assertThat(get(page + "oriel-page.js").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void metricsCountQueriesByTheirOutcome() throws Exception {
        RunningServer server = start(AdmissionSocketTest::withClassicPort);
        NativeClient client = connect(server);
        sendQuery(client, "one");
        emitTurn(agents.awaitAgent(0, 1), "1");
        client.await("query_end");
        sendQuery(client, "two");
        agents.awaitAgent(0, 2);
        send(client, "interrupt");
        client.await("interrupt_acknowledged");
        agents.awaitAgent(0, 2).emitResult();
        client.await("query_cancelled");
        agents.setUnavailable("gone");
        sendQuery(client, "three", Json.object().put("model", "other"));
        nth(client, 1, "error");
        awaitHandled(client);
        for (String url : server.server().urls()) {
            String text =
                    get(url + "/metrics", "Authorization: Bearer " + server.server().token())
                            .body();
            for (String outcome : List.of("success", "cancelled", "error")) {
                assertThat(text)
                        .contains(
                                "oriel_queries_total{dialect=\"enhanced\",outcome=\""
                                        + outcome
                                        + "\"} 1.0",
                                "oriel_query_duration_seconds_count{dialect=\"enhanced\",outcome=\""
                                        + outcome
                                        + "\"} 1");
            }
            assertThat(text).contains("oriel_queries_running 0.0", "le=\"300.0\"");
        }
    }

    /// Repeated until a client disconnects at the moment in which its query ends.
    @Test
    void aQueryThatEndsWithTheDisconnectIsCountedToo() throws Exception {
        int rounds = 60;
        RunningServer server = start(c -> c, new EchoProvider());
        String bearer = "Authorization: Bearer " + server.server().token();
        for (int i = 0; i < rounds; i++) {
            try (RawClient client = RawClient.connect(server.port())) {
                client.upgrade("/enhanced/ws", "127.0.0.1", bearer + "\r\n");
                client.sendFrame("{\"type\":\"query\",\"prompt\":\"x\"}");
                StringBuilder heard = new StringBuilder();
                while (heard.indexOf("query_end") < 0) {
                    heard.append(new String(client.readSome(), StandardCharsets.UTF_8));
                }
            }
        }
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(get(server.server().url() + "/health").body())
                                .contains("\"active_sessions\":0"));
        assertThat(get(server.server().url() + "/metrics", bearer).body())
                .contains(
                        "oriel_queries_total{dialect=\"enhanced\",outcome=\"success\"} %d.0"
                                .formatted(rounds),
                        "oriel_queries_running 0.0");
    }

    @Test
    void aPageOfAnAllowedOriginMayReadAnswersAndAskBefore() throws Exception {
        RunningServer server = start(ServerSetUp.allowing(Set.of(), Set.of("https://app.example")));
        String url = server.server().url() + "/sessions";
        var asked =
                send(
                        HttpRequest.newBuilder(URI.create(url))
                                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                                .header("Origin", "https://app.example")
                                .header("Access-Control-Request-Method", "GET")
                                .header("Access-Control-Request-Headers", "authorization"));
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(header(asked, "access-control-allow-origin")).isEqualTo("https://app.example");
        assertThat(header(asked, "access-control-allow-headers")).contains("Authorization");
        assertThat(header(asked, "access-control-allow-methods")).contains("GET");
        assertThat(asked.headers().firstValue("access-control-allow-credentials")).isEmpty();
        var answer = get(url, "Origin: https://app.example");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(header(answer, "access-control-allow-origin")).isEqualTo("https://app.example");
        assertThat(header(answer, "vary")).isEqualTo("Origin");
        assertThat(get(url).headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "https://app.example.evil.example"})
    void aPageOfAnotherOriginMayNot(String origin) throws Exception {
        RunningServer server = start(ServerSetUp.allowing(Set.of(), Set.of("https://app.example")));
        var asked =
                send(
                        HttpRequest.newBuilder(URI.create(server.server().url() + "/health"))
                                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                                .header("Origin", origin)
                                .header("Access-Control-Request-Method", "GET"));
        assertThat(asked.statusCode()).isEqualTo(403);
        assertThat(asked.headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    private static String header(HttpResponse<String> reply, String name) {
        return reply.headers().firstValue(name).orElse("");
    }

    private static HttpResponse<String> get(String url, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url));
        for (String header : headers) {
            int colon = header.indexOf(':');
            request.header(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        return send(request);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
