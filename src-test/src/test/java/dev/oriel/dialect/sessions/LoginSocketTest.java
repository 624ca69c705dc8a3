package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Authentication of native clients. Before it, nothing is sent.
class LoginSocketTest {
    @TempDir Path folder;
    private RunningServer server;
    private UUID session;

    @BeforeEach
    void start() throws Exception {
        server =
                RunningServer.in(
                        folder, ServerSetUp.limits(ServerSetUp.small()), new ScriptedProvider());
        session = server.newSession();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void acceptsTheTokenInTheHeader() {
        try (NativeClient client = connect("Authorization: bearer   " + server.server().token())) {
            client.awaitState("idle");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"auth\",\"credential\":{\"type\":\"oauth\",\"token\":\"TOKEN\"}}",
                "{\"type\":\"auth\",\"token\":\"TOKEN\"}",
                "{\"token\":\"TOKEN\",\"type\":\"auth\"}\n"
            })
    void acceptsTheTokenInTheFirstFrameWithoutAReply(String frame) {
        try (NativeClient client = connect()) {
            client.send(frame.replace("TOKEN", server.server().token()));
            client.awaitState("idle");
            assertThat(client.frames().getFirst().path("subtype").asText())
                    .isEqualTo("oriel_session");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer ", "Basic TOKEN", "TOKEN", "BearerTOKEN"})
    void rejectsAWrongHeader(String value) {
        String header = "Authorization: " + value.replace("TOKEN", server.server().token());
        try (NativeClient client = connect(header)) {
            assertThat(client.awaitClosed())
                    .isEqualTo(new NativeClient.Closed(4003, "not authorised"));
            assertThat(client.frames()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"auth\",\"token\":\"wrong\"}",
                "{\"type\":\"auth\",\"token\":\"\"}",
                "{\"type\":\"auth\",\"token\":null}",
                "{\"type\":\"auth\",\"token\":[\"TOKEN\"]}",
                "{\"type\":\"auth\"}",
                "{\"type\":\"user\",\"token\":\"TOKEN\"}",
                "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"hi\"}}",
                "TOKEN",
                "",
                "not json"
            })
    void rejectsAnyOtherFirstFrame(String frame) {
        try (NativeClient client = connect()) {
            client.send(frame.replace("TOKEN", server.server().token()));
            assertThat(client.awaitClosed().code()).isEqualTo(4003);
            assertThat(client.frames()).isEmpty();
        }
    }

    @Test
    void rejectsABinaryOrHugeFirstFrame() {
        try (NativeClient client = connect()) {
            client.send(server.server().token().getBytes(StandardCharsets.UTF_8));
            assertThat(client.awaitClosed().code()).isEqualTo(4003);
        }
        try (NativeClient client = connect()) {
            client.send(
                    "{\"type\":\"auth\",\"token\":\"%s\",\"x\":\"%s\"}"
                            .formatted(server.server().token(), "x".repeat(10_000)));
            assertThat(client.awaitClosed().code()).isEqualTo(4003);
        }
    }

    @Test
    void rejectsAClientThatDoesNotLogInInTime() {
        try (NativeClient client = connect()) {
            assertThat(client.awaitClosed().code()).isEqualTo(4003);
        }
    }

    @Test
    void ignoresATokenInTheUrl() {
        try (NativeClient client =
                NativeClient.connect(
                        server.port(),
                        "/v1/feed?token=" + server.server().token() + "&access_token=x")) {
            assertThat(client.awaitClosed().code()).isEqualTo(4003);
        }
    }

    @Test
    void doesNotRevealWhetherASessionExistsBeforeLogin() {
        try (NativeClient client =
                NativeClient.connect(
                        server.port(),
                        "/v1/sessions/ws/" + UUID.randomUUID() + "/subscribe",
                        "Authorization: Bearer wrong")) {
            assertThat(client.awaitClosed().code()).isEqualTo(4003);
        }
    }

    @Test
    void closesWith4001IfTheSessionDoesNotExist() {
        for (String id : new String[] {UUID.randomUUID().toString(), "not-a-uuid", "%20"}) {
            try (NativeClient client =
                    NativeClient.connect(
                            server.port(),
                            "/v1/sessions/ws/" + id + "/subscribe",
                            "Authorization: Bearer " + server.server().token())) {
                assertThat(client.awaitClosed().code()).isEqualTo(4001);
            }
        }
    }

    @Test
    void ignoresASecondLogin() {
        try (NativeClient client = connect("Authorization: Bearer " + server.server().token())) {
            client.awaitState("idle");
            client.send("{\"type\":\"auth\",\"token\":\"whatever\"}");
            client.sendRequest("set_model", Map.of("model", "haiku"));
            client.await("control_response");
            assertThat(client.frames()).noneMatch(f -> f.path("type").asText().equals("error"));
        }
    }

    private NativeClient connect(String... headers) {
        return NativeClient.connect(
                server.port(), "/v1/sessions/ws/" + session + "/subscribe", headers);
    }
}
