package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the routes of forks and rewinds refuse.
class BranchSocketTest {
    @TempDir Path folder;
    private final ScriptedProvider provider = new ScriptedProvider();
    private RunningServer server;
    private UUID session;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.in(folder, provider);
        session = UUID.fromString(post("/v1/sessions", Json.object(), 201).path("id").asText());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode post(String path, ObjectNode body, int status) throws Exception {
        var reply = server.call("POST", path, body);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        return Json.mapper().readTree(reply.body());
    }

    private String of(UUID id, String part) {
        return "/v1/sessions/" + id + "/" + part;
    }

    @Test
    void aSessionIsNotRewoundWhileATurnRuns() throws Exception {
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.sendPrompt("Take your time");
            client.awaitState("running");

            JsonNode reply = post(of(session, "rewind"), Json.object().put("before", 1), 409);

            assertThat(reply.at("/error/code").asText()).isEqualTo("busy");
            assertThat(reply.at("/error/message").asText()).contains("Stop it first");
        }
    }

    @Test
    void anUnknownSessionIsNotFound() throws Exception {
        UUID unknown = UUID.randomUUID();
        post(of(unknown, "rewind"), Json.object().put("before", 1), 404);
        post(of(unknown, "fork"), Json.object(), 404);
        assertThat(server.call("POST", "/v1/sessions/none/fork", Json.object()).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"before\":0}",
                "{\"before\":-1}",
                "{\"before\":1.5}",
                "{\"before\":\"1\"}",
                "{\"before\":99999999999999999999}",
                "{\"before\":1}"
            })
    void onlyThePositionOfAPromptIsAccepted(String body) throws Exception {
        ObjectNode json = (ObjectNode) Json.mapper().readTree(body);

        JsonNode reply = post(of(session, "rewind"), json, 400);

        assertThat(reply.at("/error/message").asText()).startsWith("before ");
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        assertThat(server.call("GET", of(session, "fork"), null).statusCode()).isEqualTo(405);
        assertThat(server.call("GET", of(session, "rewind"), null).statusCode()).isEqualTo(405);
    }
}
