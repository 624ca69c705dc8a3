package dev.oriel.gateway;

import static dev.oriel.testing.client.RawWebSocket.BINARY;
import static dev.oriel.testing.client.RawWebSocket.CLOSE;
import static dev.oriel.testing.client.RawWebSocket.CONTINUATION;
import static dev.oriel.testing.client.RawWebSocket.PING;
import static dev.oriel.testing.client.RawWebSocket.PONG;
import static dev.oriel.testing.client.RawWebSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.RawClient;
import dev.oriel.testing.client.RawWebSocket;
import dev.oriel.testing.server.RunningServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of RFC 6455 and of HTTP, on the wire. FAULTS.md, numbers 28 and 36.
@Timeout(120)
class ProtocolRulesSocketTest {
    @TempDir static Path folder;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.in(folder, new ScriptedProvider());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String bearer() {
        return "Authorization: Bearer " + server.server().token();
    }

    private static RawWebSocket feed() {
        return RawWebSocket.connect(server.port(), "/v1/feed", bearer());
    }

    /// A socket whose dialect replies to every message.
    private static RawWebSocket subscribed() throws Exception {
        String path = "/v1/sessions/ws/" + server.newSession() + "/subscribe";
        RawWebSocket client = RawWebSocket.connect(server.port(), path, bearer());
        assertThat(client.await(TEXT)).isNotNull();
        return client;
    }

    private static Arguments wrong(String what, int code, byte[]... frames) {
        int length = Stream.of(frames).mapToInt(f -> f.length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] frame : frames) {
            System.arraycopy(frame, 0, all, at, frame.length);
            at += frame.length;
        }
        return Arguments.of(Named.of(what, all), code);
    }

    static Stream<Arguments> wrongFrames() {
        byte[] prompt = "{}".getBytes(StandardCharsets.UTF_8);
        byte[] half = {(byte) 0xC3};
        return Stream.of(
                wrong("an unmasked text", 1002, RawWebSocket.frame(TEXT, true, false, prompt)),
                wrong("an unmasked ping", 1002, RawWebSocket.frame(PING, true, false, prompt)),
                wrong("a ping of 126", 1002, RawWebSocket.frame(PING, true, true, new byte[126])),
                wrong("a ping in parts", 1002, RawWebSocket.frame(PING, false, true, prompt)),
                wrong("a close in parts", 1002, RawWebSocket.frame(CLOSE, false, true, prompt)),
                wrong(
                        "what continues nothing",
                        1002,
                        RawWebSocket.frame(CONTINUATION, true, true, prompt)),
                wrong(
                        "a text within a text",
                        1002,
                        RawWebSocket.frame(TEXT, false, true, prompt),
                        RawWebSocket.frame(TEXT, true, true, prompt)),
                wrong("a reserved bit", 1002, RawWebSocket.frame(0xC1, true, 2, prompt)),
                wrong("an unknown opcode", 1002, RawWebSocket.frame(0x83, true, 2, prompt)),
                wrong("an unknown control", 1002, RawWebSocket.frame(0x8B, true, 2, prompt)),
                wrong("a negative length", 1002, RawWebSocket.frame(0x81, true, -1, prompt)),
                wrong("half a close code", 1002, RawWebSocket.frame(CLOSE, true, true, half)),
                wrong("a close code 1005", 1002, close(1005)),
                wrong("a close code 999", 1002, close(999)),
                wrong("a close code 5000", 1002, close(5000)),
                wrong("a text that is no UTF-8", 1007, RawWebSocket.frame(TEXT, true, true, half)),
                wrong(
                        "a close reason that is no UTF-8",
                        1007,
                        RawWebSocket.frame(CLOSE, true, true, new byte[] {3, (byte) 0xE8, -1})),
                wrong(
                        "one that is too large",
                        1009,
                        RawWebSocket.frame(0x81, true, 32L * 1024 * 1024 + 1, prompt)));
    }

    private static byte[] close(int code) {
        return RawWebSocket.frame(CLOSE, true, true, new byte[] {(byte) (code >> 8), (byte) code});
    }

    @ParameterizedTest
    @MethodSource("wrongFrames")
    void aFrameThatViolatesARuleClosesWithTheCodeOfTheRule(byte[] frame, int code) {
        try (RawWebSocket client = feed()) {
            client.send(frame);
            assertThat(client.awaitClose()).isEqualTo(code);
            assertThat(client.read()).as("what comes behind the close frame").isNull();
        }
    }

    @Test
    void anUnmaskedFrameIsNotExecuted() throws Exception {
        UUID session = server.newSession();
        byte[] prompt =
                "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"run\"}}"
                        .getBytes(StandardCharsets.UTF_8);
        String path = "/v1/sessions/ws/" + session + "/subscribe?after=0";
        try (RawWebSocket client = RawWebSocket.connect(server.port(), path, bearer())) {
            client.send(RawWebSocket.frame(TEXT, true, false, prompt));
            assertThat(client.awaitClose()).isEqualTo(1002);
        }
        assertThat(server.session(session).path("last_seq").asLong()).isZero();
    }

    @Test
    void aTextMayContainTheReplacementCharacter() {
        try (RawWebSocket client = feed()) {
            client.sendText("{\"type\":\"\uFFFD\"}");
            client.send(RawWebSocket.frame(PING, true, true, new byte[0]));
            assertThat(client.await(PONG)).isNotNull();
        }
    }

    @Test
    void aFragmentedMessageWithAPingInBetweenIsOneMessage() throws Exception {
        try (RawWebSocket client = subscribed()) {
            client.send(
                    RawWebSocket.frame(
                            TEXT, false, true, "{\"ty".getBytes(StandardCharsets.UTF_8)));
            client.send(RawWebSocket.frame(PING, true, true, new byte[] {7}));
            client.send(
                    RawWebSocket.frame(
                            CONTINUATION, true, true, "pe\":1}".getBytes(StandardCharsets.UTF_8)));
            assertThat(client.await(PONG))
                    .extracting(RawWebSocket.Frame::payload)
                    .isEqualTo(new byte[] {7});
            assertThat(client.await(TEXT))
                    .extracting(RawWebSocket.Frame::text)
                    .asString()
                    .contains("\"error\"");
        }
    }

    @Test
    void aBinaryFrameGetsAnErrorReply() throws Exception {
        try (RawWebSocket client = subscribed()) {
            client.send(RawWebSocket.frame(BINARY, true, true, new byte[3]));
            assertThat(client.await(TEXT))
                    .extracting(RawWebSocket.Frame::text)
                    .asString()
                    .contains("\"error\"");
        }
    }

    /// FAULTS.md, number 36.
    @Test
    void everyCloseFrameGetsACloseFrame() throws Exception {
        UUID session = server.newSession();
        String path = "/v1/sessions/ws/" + session + "/subscribe?after=0";
        for (int i = 0; i < 300; i++) {
            try (RawWebSocket client = RawWebSocket.connect(server.port(), path, bearer())) {
                client.send(i % 2 == 0 ? close(1000) : close(3000 + i));
                assertThat(client.awaitClose()).isEqualTo(i % 2 == 0 ? 1000 : 3000 + i);
                assertThat(client.read()).isNull();
            }
        }
    }

    @Test
    void aCloseFrameWithoutACodeGetsOneWithoutACode() {
        try (RawWebSocket client = feed()) {
            client.send(RawWebSocket.frame(CLOSE, true, true, new byte[0]));
            assertThat(client.awaitClose()).isEqualTo(1005);
        }
    }

    /// FAULTS.md, number 36.
    @Test
    void everyPingGetsAPongAndMessagesAfterThemAreHandled() throws Exception {
        try (RawWebSocket client = subscribed()) {
            for (int i = 0; i < 6_000; i++) {
                byte[] payload = {(byte) (i >> 8), (byte) i};
                client.send(RawWebSocket.frame(PING, true, true, payload));
                assertThat(client.read())
                        .extracting(RawWebSocket.Frame::payload)
                        .isEqualTo(payload);
            }
            client.sendText("{\"type\":\"nonsense\"}");
            assertThat(client.await(TEXT)).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"'chat, superchat',chat", "oriel.v1,oriel.v1", "'\"x\", good',good"})
    void anOfferedSubprotocolIsSelected(String offers, String chosen) {
        try (RawWebSocket client =
                RawWebSocket.connect(
                        server.port(), "/v1/feed", bearer(), "Sec-WebSocket-Protocol: " + offers)) {
            assertThat(client.responseHead()).startsWith("HTTP/1.1 101 ");
            assertThat(
                            client.responseHead()
                                    .lines()
                                    .filter(l -> l.startsWith("Sec-WebSocket-Protocol")))
                    .containsExactly("Sec-WebSocket-Protocol: " + chosen);
            assertThat(client.await(TEXT)).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "(x)", ","})
    void anInvalidSubprotocolIsRefused(String offers) {
        try (RawWebSocket client =
                RawWebSocket.connect(
                        server.port(), "/v1/feed", bearer(), "Sec-WebSocket-Protocol: " + offers)) {
            assertThat(client.responseHead()).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void extensionsAreDeclinedAndNoSubprotocolIsSelectedWithoutAnOffer() {
        try (RawWebSocket client =
                RawWebSocket.connect(
                        server.port(),
                        "/v1/feed",
                        bearer(),
                        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")) {
            assertThat(client.responseHead().toLowerCase(Locale.ROOT))
                    .startsWith("http/1.1 101 ")
                    .doesNotContain("sec-websocket-extensions", "sec-websocket-protocol");
        }
    }

    @Test
    void aClientThatExpectsContinueReceivesIt() {
        String body = "{\"cwd\":\"" + folder + "\"}";
        String head =
                ("POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\n%s\r\nContent-Length: "
                                + "%d\r\nExpect: 100-continue\r\n\r\n")
                        .formatted(bearer(), body.length());
        try (RawClient client = RawClient.connect(server.port())) {
            assertThat(client.send(head).readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(client.send(body).readAll()).startsWith("HTTP/1.1 201 ");
        }
    }

    @Test
    void aRefusedClientThatExpectsContinueIsRefusedAtOnce() {
        String head =
                ("POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\n%s\r\nContent-Length: "
                                + "99999999\r\nExpect: 100-continue\r\n\r\n")
                        .formatted(bearer());
        assertThat(RawClient.exchange(server.port(), head)).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void anHttp10ClientReceivesNoContinue() {
        String head =
                ("POST /v1/sessions HTTP/1.0\r\nHost: localhost\r\n%s\r\nContent-Length: "
                                + "2\r\nExpect: 100-continue\r\n\r\n")
                        .formatted(bearer());
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(head).send("{}");
            assertThat(client.readAll()).startsWith("HTTP/1.1 201 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/health",
                "HTTP://localhost/health?x=1",
                "http://[::1]:80/health",
                "https://localhost/health"
            })
    void aTargetInAbsoluteFormIsAccepted(String target) {
        assertThat(
                        RawClient.exchange(
                                server.port(),
                                "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example/health,403",
        "http://x@localhost/health,400",
        "http:///health,400",
        "http://localhost,404"
    })
    void theHostOfATargetInAbsoluteFormIsChecked(String target, int status) {
        assertThat(
                        RawClient.exchange(
                                server.port(),
                                "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + " ");
    }
}
