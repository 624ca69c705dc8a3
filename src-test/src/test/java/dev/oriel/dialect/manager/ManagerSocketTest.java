package dev.oriel.dialect.manager;

import static dev.oriel.dialect.manager.ManagerServer.created;
import static dev.oriel.dialect.manager.ManagerServer.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentOptions;
import dev.oriel.message.Json;
import dev.oriel.testing.client.NativeClient;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// All documented frames of the manager dialect, in both directions (wire.md 5.3, 5.4 and 5.5).
class ManagerSocketTest extends ManagerSocketFixture {
    @Test
    void theStatusPagesAreThoseOfTheOriginal() throws Exception {
        manager.session(client);
        for (String base :
                List.of(
                        "http://127.0.0.1:" + manager.port(),
                        manager.server().server().url() + "/manager")) {
            boolean own = base.endsWith(String.valueOf(manager.port()));
            assertThat(get(base + "/"))
                    .isEqualTo(
                            ("{\"status\":\"ok\",\"service\":\"Claude Agent Server\","
                                            + "\"version\":\"1.0.0\",\"sessions\":%d}")
                                    .formatted(own ? 1 : 0));
            assertThat(get(base + "/health")).isEqualTo("{\"status\":\"healthy\"}");
        }
    }

    @Test
    void theStatusPagesRejectOtherMethods() throws Exception {
        var reply =
                manager.server()
                        .send(manager.server().request("POST", "/manager/", Json.object()).build());
        assertThat(reply.statusCode()).isEqualTo(405);
        assertThat(reply.body()).isEqualTo("{\"detail\":\"Method Not Allowed\"}");
    }

    @Test
    void aSessionIsCreatedWithTheOptionsOfItsClient() {
        UUID id =
                manager.session(
                        client,
                        """
                        {"system_prompt":"Be brief.","tools":["Search","Bash","Task","Bash"],
                         "max_tokens":1000,"temperature":0.5,"whatever":1}\
                        """);
        JsonNode session = client.frames().getFirst().path("session");
        assertThat(session.path("id").asText()).isEqualTo(id.toString());
        assertThat(session.path("status").asText()).isEqualTo("idle");
        assertThat(session.path("message_count").asInt()).isZero();
        assertThat(session.path("error_message").isNull()).isTrue();
        assertThat(session.path("created_at").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}");
        assertThat(LocalDateTime.parse(session.path("updated_at").asText()))
                .isCloseTo(
                        LocalDateTime.now(ZoneId.systemDefault()), within(1, ChronoUnit.MINUTES));
        assertThat(session.path("options").toString())
                .isEqualTo(
                        ("{\"system_prompt\":\"Be"
                             + " brief.\",\"tools\":[\"Search\",\"Bash\",\"Task\"],"
                             + "\"working_directory\":\"%s\",\"max_tokens\":1000,\"temperature\":0.5}")
                                .formatted(folder));

        prompt(client, id, "Hello");
        var launch = agents.awaitAgent(0, 1).launch();
        assertThat(launch.cwd()).isEqualTo(folder);
        assertThat(launch.permissionMode()).isNull();
        assertThat(launch.options().systemPrompt())
                .isEqualTo(new AgentOptions.SystemPrompt.Replacement("Be brief."));
        assertThat(launch.options().tools()).containsExactly("Grep", "Glob", "Bash", "Task");
        assertThat(launch.options().allowedTools()).containsExactly("Grep", "Glob", "Bash", "Task");
    }

    @Test
    void aPromptOverTheQueueLimitIsAnError() {
        client.send("{\"type\":\"create_session\"}");
        String id = client.await("session_created").path("session_id").asText();
        String frame = "{\"type\":\"send_prompt\",\"session_id\":\"" + id + "\",\"prompt\":\"%s\"}";
        client.send(frame.formatted("one"));
        client.send(frame.formatted("two"));
        client.send("{\"type\":\"ping\"}");
        client.await("pong");
        client.send(frame.formatted("x".repeat(17 * 1024 * 1024)));
        assertThat(client.await("error").toString())
                .isEqualTo(
                        "{\"type\":\"error\",\"message\":\"Error processing prompt: Too many"
                                + " prompts wait already;"
                                + " this one is not taken.\",\"session_id\":\"%s\",\"details\":null}"
                                        .formatted(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"options\":null", ",\"options\":{\"tools\":null}"})
    void withoutOptionsASessionHasTheFiveDefaultTools(String none) {
        client.send("{\"type\":\"create_session\"" + none + "}");
        JsonNode made = client.await("session_created");
        assertThat(made.path("session_id")).isEqualTo(made.path("session").path("id"));
        JsonNode options = made.path("session").path("options");
        assertThat(options.path("tools").toString())
                .isEqualTo("[\"Read\",\"Write\",\"Edit\",\"Bash\",\"Search\"]");
        assertThat(options.path("system_prompt").isNull()).isTrue();
        assertThat(options.path("working_directory").isNull()).isTrue();
        assertThat(options.path("max_tokens").isNull()).isTrue();
        assertThat(options.path("temperature").isNull()).isTrue();
    }

    @Test
    void withAPermissionModeWriteEditAndBashAsk() {
        UUID id =
                manager.session(
                        client,
                        "{\"tools\":[\"Read\",\"Write\",\"Edit\",\"Bash\",\"WebFetch\"],"
                                + "\"permission_mode\":\"default\"}");
        prompt(client, id, "Hello");
        var launch = agents.awaitAgent(0, 1).launch();
        assertThat(launch.permissionMode()).isEqualTo("default");
        assertThat(launch.options().tools())
                .containsExactly("Read", "Write", "Edit", "Bash", "WebFetch");
        assertThat(launch.options().allowedTools()).containsExactly("Read", "WebFetch");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"session_id\":\"no\"|1 validation error for CreateSessionMessage\\nsession_id\\n"
                        + "  Input should be a valid UUID",
                "\"session_id\":\"1-1-1-1-1\"|1 validation error for"
                        + " CreateSessionMessage\\nsession_id\\n"
                        + "  Input should be a valid UUID",
                "\"options\":[]|1 validation error for CreateSessionMessage\\noptions\\n"
                        + "  Input should be a valid dictionary",
                "\"options\":{\"tools\":\"Read\"}|1 validation error for"
                        + " CreateSessionMessage\\noptions.tools\\n"
                        + "  Input should be a valid list",
                "\"options\":{\"tools\":[\"Read\",\"Grep\"]}|1 validation error for"
                        + " CreateSessionMessage\\noptions.tools.1\\n"
                        + "  Input should be 'Read', 'Write', 'Edit', 'Bash', 'Search', 'Task',"
                        + " 'TodoWrite', 'WebSearch' or 'WebFetch'",
                "\"options\":{\"max_tokens\":1.5,\"temperature\":\"x\"}|2 validation errors for"
                        + " CreateSessionMessage\\noptions.max_tokens\\n"
                        + "  Input should be a valid integer\\noptions.temperature\\n"
                        + "  Input should be a valid number",
                "\"options\":{\"system_prompt\":7}|1 validation error for"
                        + " CreateSessionMessage\\noptions.system_prompt\\n"
                        + "  Input should be a valid string",
                "\"options\":{\"working_directory\":\"/does/not/exist\"}|Failed to create session:"
                        + " working_directory must be an existing folder, as an absolute path",
                "\"options\":{\"working_directory\":\".\"}|Failed to create session:"
                        + " working_directory must be an existing folder, as an absolute path",
                "\"options\":{\"permission_mode\":\"bypassPermissions\"}|Failed to create session:"
                        + " bypassPermissions is not allowed on this server",
            })
    void anInvalidSessionIsNotKept(String members, String message) {
        client.send("{\"type\":\"create_session\"," + members + "}");
        JsonNode error = client.await("error");
        assertThat(error.toString())
                .isEqualTo(
                        "{\"type\":\"error\",\"message\":\"%s\",\"session_id\":null,\"details\":null}"
                                .formatted(message));
        assertThat(listed()).isEmpty();
    }

    @Test
    void anIdCanBeUsedOnce() {
        UUID id = manager.session(client);
        client.send(manager.create(id, "{}").toString());
        assertThat(client.await("error").path("message").asText())
                .isEqualTo("Session " + id + " already exists");
    }

    @Test
    void anIdCanBeWrittenWithoutHyphensOrBeNull() {
        UUID id = UUID.randomUUID();
        client.send(
                "{\"type\":\"create_session\",\"session_id\":\"%s\"}"
                        .formatted(id.toString().replace("-", "")));
        client.await(created(id), "session_created");
        client.send("{\"type\":\"create_session\",\"session_id\":null}");
        await().until(() -> listed().size() == 2);
    }

    @Test
    void aPingIsAnsweredWithItsTime() {
        client.send("{\"type\":\"ping\",\"timestamp\":\"2026-01-02T03:04:05Z\"}");
        assertThat(client.await("pong").toString())
                .isEqualTo("{\"type\":\"pong\",\"timestamp\":\"2026-01-02T03:04:05+00:00\"}");
    }

    @Test
    void aPingWithoutATimeIsAnsweredWithTheLocalTime() {
        client.send("{\"type\":\"ping\"}");
        assertThat(LocalDateTime.parse(client.await("pong").path("timestamp").asText()))
                .isCloseTo(
                        LocalDateTime.now(ZoneId.systemDefault()), within(1, ChronoUnit.MINUTES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"dance\"}|Unknown message type: dance",
                "{}|Unknown message type: None",
                "{\"type\":null}|Unknown message type: None",
                "{\"type\":5}|Unknown message type: 5",
                "{\"type\":\"session_created\"}|Unknown message type: session_created",
                "{\"type\":|Invalid JSON: line 1 column 9",
                "[1,2]|Server error: a message must be a JSON object",
                "\"list_sessions\"|Server error: a message must be a JSON object",
                "{\"type\":\"send_prompt\",\"session_id\":\"x\",\"prompt\":\"p\"}|Failed to send"
                        + " prompt: 1 validation error for SendPromptMessage\\nsession_id\\n"
                        + "  Input should be a valid UUID",
                "{\"type\":\"send_prompt\"}|Failed to send prompt: 2 validation errors for"
                        + " SendPromptMessage\\nsession_id\\n"
                        + "  Field required\\nprompt\\n"
                        + "  Field required",
                "{\"type\":\"send_prompt\",\"session_id\":\"00000000-0000-0000-0000-000000000001\","
                        + "\"prompt\":\"p\"}|Session"
                        + " 00000000-0000-0000-0000-000000000001 not found",
                "{\"type\":\"send_prompt\",\"session_id\":\"00000000-0000-0000-0000-000000000001\",\"prompt\":\""
                    + " \"}|Failed to send prompt: prompt must not be empty",
                "{\"type\":\"end_session\"}|Failed to end session: 1 validation error for"
                        + " EndSessionMessage\\nsession_id\\n"
                        + "  Field required",
                "{\"type\":\"end_session\",\"session_id\":\"00000000-0000-0000-0000-000000000001\"}|Session"
                    + " 00000000-0000-0000-0000-000000000001 not found",
                "{\"type\":\"ping\",\"timestamp\":\"soon\"}|Failed to answer ping: timestamp must"
                        + " be an ISO 8601 date and time",
            })
    void anInvalidFrameIsAnErrorAndTheSocketStaysOpen(String frame, String message) {
        client.send(frame);
        assertThat(client.await("error").toString())
                .isEqualTo(
                        "{\"type\":\"error\",\"message\":\"%s\",\"session_id\":null,\"details\":null}"
                                .formatted(message));
        client.send("{\"type\":\"ping\"}");
        client.await("pong");
    }

    @Test
    void aBinaryFrameIsAnErrorAndTheSocketStaysOpen() {
        client.send(new byte[] {1, 2, 3});
        client.await("error");
        client.send("{\"type\":\"ping\"}");
        client.await("pong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/manager/ws", "/ws/", "/v1/feed"})
    void otherPathsDoNotExistOnItsOwnPort(String path) {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> NativeClient.connect(manager.port(), path))
                .isInstanceOf(IllegalStateException.class);
    }
}
