package dev.oriel.dialect.manager;

import static dev.oriel.dialect.manager.ManagerServer.created;
import static dev.oriel.dialect.manager.ManagerServer.is;
import static dev.oriel.dialect.manager.ManagerServer.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentOptions;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.client.RawClient;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// All documented frames of the manager dialect, in both directions (wire.md 5.3, 5.4 and 5.5).
class ManagerSocketTest {
    @TempDir Path folder;
    private final ScriptedProvider agents = new ScriptedProvider();
    private ManagerServer manager;
    private NativeClient client;

    @BeforeEach
    void start() {
        manager = ManagerServer.in(folder, agents);
        client = manager.client();
    }

    @AfterEach
    void stop() {
        client.close();
        manager.close();
    }

    private JsonNode listed() {
        int before = client.frames().size();
        client.send("{\"type\":\"list_sessions\"}");
        return client.await(
                        f -> is(f, "sessions_list") && client.frames().lastIndexOf(f) >= before,
                        "a new sessions_list")
                .path("sessions");
    }

    /// The frames of a session, without those about its creation.
    private List<String> turn(UUID session) {
        return client.texts().stream()
                .filter(t -> t.contains(session.toString()) && !t.contains("\"type\":\"session"))
                .map(t ->
                        t.replace(",\"session_id\":\"" + session + "\"", "")
                                .replaceAll(",\"message_id\":\"[-0-9a-f]{36}\"", ""))
                .toList();
    }

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

    private String get(String url) throws Exception {
        var reply =
                manager.server()
                        .send(
                                java.net.http.HttpRequest.newBuilder(java.net.URI.create(url))
                                        .build());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("content-type").orElseThrow())
                .startsWith("application/json");
        return reply.body();
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
    void aTurnIsReportedAsThinkingThenItsTextOnceThenItsEnd() {
        UUID id = manager.session(client);
        prompt(client, id, "Hello");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        assertThat(agent.prompts().getFirst().tree().path("message").path("content").asText())
                .isEqualTo("Hello");
        agent.emitInit();
        agent.emitTextStart();
        agent.emitDelta("Good ");
        agent.emitDelta("day");
        agent.emitText("Good day");
        agent.emitText("Good day");
        agent.emitResult();
        client.await(f -> f.path("complete").asBoolean(), "the end");
        assertThat(turn(id))
                .containsExactly(
                        "{\"type\":\"agent_thinking\",\"thinking\":true}",
                        "{\"type\":\"agent_thinking\",\"thinking\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"Good day\",\"complete\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"Good day\",\"complete\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"\",\"complete\":true}");
    }

    @Test
    void toolUsesAreReportedBetweenTheText() {
        UUID id = manager.session(client);
        prompt(client, id, "List");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emit(
                """
                {"type":"assistant","session_id":"x","message":{"id":"m","role":"assistant",\
                "content":[{"type":"thinking","thinking":"Hm."}]}}\
                """,
                """
                {"type":"assistant","session_id":"x","message":{"id":"m","role":"assistant",\
                "content":[{"type":"text","text":"Look: "},{"type":"text","text":"here"},{"type":"tool_use",\
                "id":"toolu_1","name":"Bash","input":{"command":"ls"}}]}}\
                """,
                """
                {"type":"user","session_id":"x","uuid":"%s","message":{"role":"user",\
                "content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"a"}]}}\
                """
                        .formatted(UUID.randomUUID()),
                """
                {"type":"assistant","session_id":"x","parent_tool_use_id":"toolu_1","message":{"id":"s",\
                "role":"assistant","content":[{"type":"text","text":"aside"},{"type":"tool_use","id":"toolu_2",\
                "name":"Read","input":{"file_path":"/a"}}]}}\
                """);
        agent.emitText("One file.");
        agent.emitResult();
        client.await(f -> f.path("complete").asBoolean(), "the end");
        assertThat(turn(id))
                .containsExactly(
                        "{\"type\":\"agent_thinking\",\"thinking\":true}",
                        "{\"type\":\"agent_thinking\",\"thinking\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"Look:"
                                + " here\",\"complete\":false}",
                        "{\"type\":\"agent_tool_use\",\"tool\":\"Bash\","
                                + "\"parameters\":{\"command\":\"ls\"},\"tool_use_id\":\"toolu_1\","
                                + "\"input\":{\"command\":\"ls\"}}",
                        "{\"type\":\"agent_tool_use\",\"tool\":\"Read\","
                            + "\"parameters\":{\"file_path\":\"/a\"},\"tool_use_id\":\"toolu_2\","
                            + "\"input\":{\"file_path\":\"/a\"}}",
                        "{\"type\":\"agent_message\",\"content\":\"One file.\",\"complete\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"\",\"complete\":true}");
    }

    @Test
    void anAnswerInTheResultAloneIsReportedToo() {
        UUID id = manager.session(client);
        prompt(client, id, "/cost");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitResult();
        client.await(f -> f.path("complete").asBoolean(), "the end");
        assertThat(turn(id))
                .containsExactly(
                        "{\"type\":\"agent_thinking\",\"thinking\":true}",
                        "{\"type\":\"agent_thinking\",\"thinking\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"ok\",\"complete\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"\",\"complete\":true}");
    }

    @Test
    void turnsThatTheAgentStartsGoToTheClientOfTheLastPrompt() {
        UUID id = manager.session(client);
        prompt(client, id, "Wait in the background");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitText("I do.");
        agent.emitResult();
        agent.emitInit();
        agent.emitText("It is done.");
        agent.emit(
                "{\"type\":\"result\",\"subtype\":\"success\",\"result\":\"x\","
                        + "\"origin\":{\"kind\":\"task-notification\"}}");
        await().until(() -> turn(id).size() == 8);
        assertThat(turn(id).subList(4, 8))
                .containsExactly(
                        "{\"type\":\"agent_thinking\",\"thinking\":true}",
                        "{\"type\":\"agent_thinking\",\"thinking\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"It is"
                                + " done.\",\"complete\":false}",
                        "{\"type\":\"agent_message\",\"content\":\"\",\"complete\":true}");
    }

    @Test
    void sessionsOfOneSocketRunAtTheSameTimeAndDelayNoFrame() {
        UUID one = manager.session(client);
        UUID two = manager.session(client);
        prompt(client, one, "One");
        ScriptedAgent first = agents.awaitAgent(0, 1);
        prompt(client, two, "Two");
        ScriptedAgent second = agents.awaitAgent(1, 1);
        first.emitInit();
        second.emitInit();
        await().until(() -> turn(one).size() == 1);

        client.send("{\"type\":\"ping\"}");
        client.await("pong");
        assertThat(listed())
                .extracting(s -> s.path("status").asText())
                .containsExactly("processing", "processing");

        second.emitText("from two");
        second.emitResult();
        client.await(f -> f.path("complete").asBoolean(), "an end");
        assertThat(turn(two)).last().asString().contains("\"complete\":true");
        assertThat(turn(one)).hasSize(1);
        first.emitText("from one");
        first.emitResult();
        await().until(() -> turn(one).size() == 4);
    }

    @Test
    void twoPromptsOfOneSessionRunOneAfterTheOther() {
        UUID id = manager.session(client);
        prompt(client, id, "One");
        prompt(client, id, "Two");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitText("1");
        assertThat(agent.prompts()).hasSize(1);
        agent.emitResult();
        agents.awaitAgent(0, 2).emitInit();
        agent.emitText("2");
        agent.emitResult();
        await().until(() -> turn(id).size() == 8);
        assertThat(listed().get(0).path("message_count").asInt()).isEqualTo(2);
    }

    @Test
    void sessionsDoNotBelongToASocket() {
        UUID id = manager.session(client);
        prompt(client, id, "From the first socket");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        try (NativeClient other = manager.client()) {
            other.send("{\"type\":\"list_sessions\"}");
            assertThat(other.await("sessions_list").path("sessions").get(0).path("id").asText())
                    .isEqualTo(id.toString());
            agent.emitText("for the first");
            agent.emitResult();
            await().until(() -> turn(id).size() == 4);
            assertThat(other.frames()).hasSize(1);

            client.close();
            prompt(other, id, "From the second");
            agents.awaitAgent(0, 2).emitInit();
            agent.emitText("for the second");
            agent.emitResult();
            other.await(f -> f.path("complete").asBoolean(), "the end");
            assertThat(other.texts().toString())
                    .contains("for the second")
                    .doesNotContain("for the first");
        }
    }

    @Test
    void aPromptIsAnsweredAfterItsSocketHasClosed() {
        UUID id = manager.session(client);
        try (RawClient brief = RawClient.connect(manager.port())) {
            brief.upgrade("/ws?token=" + ManagerServer.KEY, "localhost", "");
            brief.sendFrame(
                    Json.object()
                            .put("type", "send_prompt")
                            .put("session_id", id.toString())
                            .put("prompt", "Do it")
                            .toString());
            // A close frame and the server's response.
            brief.send(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
            assertThat(brief.readSome()).isNotEmpty();
        }
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        await().until(() -> listed().get(0).path("status").asText().equals("processing"));
        agent.emitText("Done");
        agent.emitResult();
        await().until(() -> listed().get(0).path("status").asText().equals("idle"));
        assertThat(turn(id)).isEmpty();
    }

    @Test
    void anEndedSessionIsNotFound() {
        UUID id = manager.session(client);
        prompt(client, id, "Hello");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        client.send("{\"type\":\"end_session\",\"session_id\":\"" + id + "\"}");
        assertThat(client.await("session_ended").toString())
                .isEqualTo("{\"type\":\"session_ended\",\"session_id\":\"" + id + "\"}");
        assertThat(agent.isCloseRequested()).isTrue();
        assertThat(listed()).isEmpty();
        prompt(client, id, "Still there?");
        assertThat(client.await("error").toString())
                .isEqualTo(
                        "{\"type\":\"error\",\"message\":\"Session %s not found\",\"session_id\":null,\"details\":null}"
                                .formatted(id));
    }

    @Test
    void theClientThatPromptedLearnsThatAnotherEndedTheSession() {
        UUID id = manager.session(client);
        prompt(client, id, "Hello");
        agents.awaitAgent(0, 1).emitInit();
        try (NativeClient other = manager.client()) {
            other.send("{\"type\":\"end_session\",\"session_id\":\"" + id + "\"}");
            other.await("session_ended");
        }
        JsonNode error = client.await("error");
        assertThat(error.path("message").asText()).startsWith("Error processing prompt: ");
        assertThat(error.path("session_id").asText()).isEqualTo(id.toString());
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
