package dev.oriel.dialect.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All frames, errors and close codes of the relay dialect (wire.md 2).
class RelaySocketTest {
    private static final String RESULT =
            "{\"type\":\"result\",\"subtype\":\"success\",\"session_id\":\"s\",\"is_error\":false}";

    private final ScriptedProvider claude = new ScriptedProvider();
    private RunningServer server;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = RunningServer.in(folder, ServerSetUp.withoutToken(), claude);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private NativeClient connected() {
        NativeClient client = NativeClient.connect(server.port(), "/relay/ws");
        client.await("connected");
        return client;
    }

    private static void say(NativeClient client, String text) {
        ObjectNode frame = Json.object().put("type", "user_message");
        ObjectNode data = frame.putObject("data").put("type", "user").put("session_id", "");
        data.putObject("message").put("role", "user").put("content", text);
        client.send(frame.toString());
    }

    private static JsonNode sdk(NativeClient client, String type) {
        return client.await(
                        f -> type.equals(f.path("data").path("type").asText()),
                        "sdk_message of " + type)
                .path("data");
    }

    private static String error(NativeClient client) {
        return client.await("error").path("error").asText();
    }

    private List<JsonNode> sessions() throws Exception {
        JsonNode all = Json.mapper().readTree(server.call("GET", "/v1/sessions", null).body());
        return all.path("sessions").valueStream().toList();
    }

    @Test
    void theFirstFrameIsConnected() {
        NativeClient client = connected();
        assertThat(client.texts()).containsExactly("{\"type\":\"connected\"}");
    }

    @Test
    void aMessageReachesTheAgentAndItsOutputReturnsUnchanged() {
        NativeClient client = connected();
        say(client, "Hello");
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        assertThat(agent.prompts().getFirst().tree().at("/message/content").asText())
                .isEqualTo("Hello");
        agent.emitInit();
        String odd = "{ \"type\":\"assistant\",\"new\":[1.50,\"\\u00e9\"] }";
        agent.emit(odd, RESULT);
        sdk(client, "result");
        assertThat(client.texts())
                .contains("{\"type\":\"sdk_message\",\"data\":" + odd + "}")
                .noneMatch(t -> t.contains("oriel_"))
                .noneMatch(t -> t.endsWith("\n"));
        assertThat(client.frames().stream().map(f -> f.at("/data/type").asText()))
                .containsExactly("", "system", "assistant", "result");
    }

    @Test
    void contentBlocksAreAcceptedAndMessagesAreQueued() {
        NativeClient client = connected();
        client.send(
                "{\"type\":\"user_message\",\"data\":{\"type\":\"user\",\"session_id\":\"x\","
                        + "\"parent_tool_use_id\":null,\"message\":{\"role\":\"user\","
                        + "\"content\":[{\"type\":\"text\",\"text\":\"One\"}]}}}");
        say(client, "Two");
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        assertThat(agent.prompts()).hasSize(1);
        agent.emitInit();
        agent.emit(RESULT);
        claude.awaitAgent(0, 2);
        assertThat(agent.prompts().get(0).toString()).contains("One");
        assertThat(agent.prompts().get(1).toString()).contains("Two");
    }

    @Test
    void theSameUuidIsOnePrompt() {
        NativeClient client = connected();
        UUID uuid = UUID.randomUUID();
        String frame =
                ("{\"type\":\"user_message\",\"data\":{\"type\":\"user\",\"uuid\":\"%s\","
                                + "\"message\":{\"role\":\"user\",\"content\":\"Once\"}}}")
                        .formatted(uuid);
        client.send(frame);
        client.send(frame);
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        agent.emit(RESULT);
        sdk(client, "result");
        say(client, "Next");
        claude.awaitAgent(0, 2);
        assertThat(agent.prompts().get(1).toString()).contains("Next");
    }

    @Test
    void resultsOfToolsArePassedOnButNoPromptIsEchoed() {
        NativeClient client = connected();
        say(client, "Read it");
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        agent.emit(
                "{\"type\":\"user\",\"session_id\":\"s\",\"message\":{\"role\":\"user\","
                        + "\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\","
                        + "\"content\":\"x\"}]}}",
                RESULT);
        sdk(client, "result");
        assertThat(client.frames().stream().filter(f -> f.at("/data/type").asText().equals("user")))
                .singleElement()
                .satisfies(f -> assertThat(f.toString()).contains("tool_result"));
    }

    @Test
    void partialMessagesAreSentOnlyIfTheConfigurationRequestsThem() throws Exception {
        NativeClient client = connected();
        say(client, "Hello");
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitTextStart();
        agent.emitDelta("Hel");
        agent.emit(RESULT);
        sdk(client, "result");
        assertThat(client.texts()).noneMatch(t -> t.contains("stream_event"));
        client.close();
        client.awaitClosed();

        server.call("POST", "/relay/config", Json.object().put("includePartialMessages", true));
        NativeClient other = connected();
        say(other, "Hello");
        ScriptedAgent second = claude.awaitAgent(1, 1);
        second.emitInit();
        second.emitTextStart();
        second.emitDelta("Hel");
        assertThat(sdk(other, "stream_event").path("event").path("type").asText())
                .isEqualTo("message_start");
    }

    @Test
    void aSecondSocketIsRejectedAndTheFirstContinues() {
        NativeClient first = connected();
        NativeClient second = NativeClient.connect(server.port(), "/relay/ws");
        assertThat(second.awaitClosed()).isEqualTo(new NativeClient.Closed(1000, ""));
        assertThat(second.texts())
                .containsExactly(
                        "{\"type\":\"error\",\"error\":\"Server already has an active"
                                + " connection\"}");
        say(first, "Still here");
        claude.awaitAgent(0, 1);
    }

    @Test
    void whenTheActiveSocketClosesTheNextOneIsAccepted() {
        for (int i = 0; i < 20; i++) {
            NativeClient client = connected();
            client.close();
            client.awaitClosed();
            await().until(() -> server.server().clients().isEmpty());
        }
    }

    @Test
    void theConversationOutlivesTheSocketAndMissedMessagesAreNotRepeated() throws Exception {
        NativeClient first = connected();
        say(first, "Begin");
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        first.close();
        first.awaitClosed();
        await().until(() -> server.server().clients().isEmpty());
        agent.emitText("Nobody hears this");
        String id = sessions().getFirst().path("id").asText();
        await().until(() ->
                server.call("GET", "/v1/sessions/" + id + "/messages", null)
                        .body()
                        .contains("Nobody hears this"));

        NativeClient second = connected();
        await().until(() ->
                server.server().clients().stream().anyMatch(c -> c.activity().contains("session")));
        agent.emit(RESULT);
        sdk(second, "result");
        assertThat(second.texts()).noneMatch(t -> t.contains("Nobody hears this"));
        say(second, "Go on");
        claude.awaitAgent(0, 2);
        assertThat(claude.agents()).hasSize(1);
        assertThat(sessions()).hasSize(1);
    }

    @Test
    void anInterruptReachesTheAgentWithoutAnAnswerOfItsOwn() {
        NativeClient client = connected();
        client.send("{\"type\":\"interrupt\"}"); // before anything runs: nothing
        say(client, "Count");
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        sdk(client, "system");
        client.send("{\"type\":\"interrupt\"}");
        await().until(() -> agent.interrupts() == 1);
        agent.emit(
                "{\"type\":\"user\",\"session_id\":\"s\",\"message\":{\"role\":\"user\","
                        + "\"content\":[{\"type\":\"text\",\"text\":\"[Request"
                        + " interrupted by user]\"}]}}",
                "{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":true,\"session_id\":\"s\"}");
        assertThat(sdk(client, "result").path("subtype").asText())
                .isEqualTo("error_during_execution");
        assertThat(client.frames().stream().map(f -> f.at("/data/type").asText()))
                .containsExactly("", "system", "user", "result");
    }

    @Test
    void invalidUserMessagesAreRefusedAndNothingIsLost() {
        NativeClient client = connected();
        List<String> wrong =
                List.of(
                        "{\"type\":\"user_message\"}",
                        "{\"type\":\"user_message\",\"data\":null}",
                        "{\"type\":\"user_message\",\"data\":\"hello\"}",
                        "{\"type\":\"user_message\",\"data\":{\"type\":\"assistant\"}}",
                        "{\"type\":\"user_message\",\"data\":{\"type\":\"user\"}}",
                        "{\"type\":\"user_message\",\"data\":{\"type\":\"user\","
                                + "\"message\":{\"role\":\"system\",\"content\":\"x\"}}}",
                        "{\"type\":\"user_message\",\"data\":{\"type\":\"user\","
                                + "\"message\":{\"role\":\"user\",\"content\":7}}}",
                        "{\"type\":\"user_message\",\"data\":{\"type\":\"user\","
                                + "\"message\":{\"role\":\"user\",\"content\":\"\"}}}",
                        "{\"type\":\"user_message\",\"data\":{\"type\":\"user\",\"uuid\":\"no\","
                                + "\"message\":{\"role\":\"user\",\"content\":\"x\"}}}");
        wrong.forEach(client::send);
        await().until(() -> client.frames().size() == wrong.size() + 1);
        assertThat(client.frames().stream().skip(1))
                .allSatisfy(f -> {
                    assertThat(f.path("type").asText()).isEqualTo("error");
                    assertThat(f.path("error").asText()).startsWith("Invalid user message: ");
                });
        say(client, "And now");
        claude.awaitAgent(0, 1);
    }

    @Test
    void invalidFramesAreErrorsAndUnknownOnesAreIgnored() {
        NativeClient client = connected();
        for (String unknown : List.of("{\"type\":\"dance\"}", "{}", "[]", "7", "\"text\"")) {
            client.send(unknown);
        }
        for (String bad : List.of("null", "{", "", "{} {}")) {
            client.send(bad);
        }
        client.send(new byte[] {1, 2});
        await().until(() -> client.frames().size() == 6);
        assertThat(client.frames().stream().skip(1))
                .allSatisfy(f ->
                        assertThat(f.path("error").asText())
                                .startsWith("Invalid message format: "));
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void theFileFramesOfAnEarlyVersionAreAnsweredWithAnError() {
        NativeClient client = connected();
        List<String> types = List.of("create_file", "read_file", "delete_file", "list_files");
        types.forEach(type -> client.send("{\"type\":\"" + type + "\",\"path\":\"x\"}"));
        await().until(() -> client.frames().size() == 5);
        for (int i = 0; i < types.size(); i++) {
            assertThat(client.frames().get(i + 1).path("type").asText()).isEqualTo("error");
            assertThat(client.frames().get(i + 1).path("error").asText())
                    .startsWith(types.get(i) + " is not supported");
        }
    }

    @Test
    void standardErrorIsSentAsInfo() {
        NativeClient client = connected();
        say(client, "Hello");
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitStderr("Warning: old");
        assertThat(client.await("info").toString())
                .isEqualTo("{\"type\":\"info\",\"data\":\"Warning: old\\n\"}");
    }

    @Test
    void aCrashIsAnErrorWithTheSdksTextAndTheNextMessageWorks() {
        NativeClient client = connected();
        say(client, "Hello");
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        agent.exit(AgentEvent.ExitCause.CRASHED, "boom");
        assertThat(error(client)).isEqualTo("Claude Code process exited with code 1");
        say(client, "Again");
        claude.awaitAgent(1, 1).emitInit();
        await().until(() -> client.frames().size() == 4);
        assertThat(client.frames().getLast().at("/data/subtype").asText()).isEqualTo("init");
    }

    @Test
    void anAgentThatCannotStartIsAnErrorEachTime() {
        claude.setUnavailable("Claude is not installed.");
        NativeClient client = connected();
        for (int i = 1; i <= 3; i++) {
            say(client, "Hello " + i);
            int errors = i;
            await().until(() -> client.frames().size() == 1 + errors);
        }
        assertThat(client.frames().stream().skip(1))
                .allSatisfy(f ->
                        assertThat(f.path("error").asText()).isEqualTo("Claude is not installed."));
        client.close();
        client.awaitClosed();
        await().until(() -> server.server().clients().isEmpty());
        claude.setUnavailable(null);
        NativeClient later = connected();
        say(later, "Now");
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        sdk(later, "system");
        assertThat(later.frames()).noneMatch(f -> f.path("type").asText().equals("error"));
    }

    @Test
    void anAskThatNoClientCanAnswerIsDeniedWithAReason() {
        NativeClient client = connected();
        say(client, "Delete it");
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitAsk("r1", "Bash", "{\"command\":\"rm -r x\"}");
        await().until(() -> agent.responses().size() == 1);
        assertThat(agent.responses().getFirst().tree().at("/response/response/behavior").asText())
                .isEqualTo("deny");
        agent.emit(RESULT);
        sdk(client, "result");
        assertThat(client.texts()).noneMatch(t -> t.contains("can_use_tool"));
    }

    @Test
    void anAskIsSentToTheWindowIfOneIsOpen() throws Exception {
        NativeClient window = NativeClient.connect(server.port(), "/v1/feed");
        window.await("sessions");
        NativeClient client = connected();
        say(client, "Delete it");
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitAsk("r1", "Bash", "{\"command\":\"rm -r x\"}");
        window.await(f -> f.at("/session/state").asText().equals("asking"), "a session that asks");
        UUID id = UUID.fromString(sessions().getFirst().path("id").asText());
        try (NativeClient attached = server.subscribe(id, null)) {
            attached.await("control_request");
            attached.sendDecision("r1", "{\"behavior\":\"allow\",\"updatedInput\":{}}");
            await().until(() -> agent.responses().size() == 1);
        }
        assertThat(agent.responses().getFirst().tree().at("/response/response/behavior").asText())
                .isEqualTo("allow");
    }

    @Test
    void theSessionIsJournaledWithItsOrigin() throws Exception {
        NativeClient client = connected();
        say(client, "A title from this");
        ScriptedAgent agent = claude.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitText("Hello");
        agent.emit(RESULT);
        sdk(client, "result");
        JsonNode session = sessions().getFirst();
        assertThat(session.path("title").asText()).isEqualTo("A title from this");
        try (NativeClient window =
                server.subscribe(UUID.fromString(session.path("id").asText()), 0L)) {
            await().until(() -> window.seqs().size() == 4);
            assertThat(window.seqs())
                    .isEqualTo(IntStream.rangeClosed(1, 4).mapToObj(i -> (long) i).toList());
        }
    }

    @Test
    void aDeletedConversationIsReportedAndTheNextMessageStartsANewOne() throws Exception {
        NativeClient client = connected();
        say(client, "One");
        claude.awaitAgent(0, 1).emitInit();
        sdk(client, "system");
        String id = sessions().getFirst().path("id").asText();
        assertThat(server.call("DELETE", "/v1/sessions/" + id, null).statusCode()).isEqualTo(204);
        client.await(
                f -> f.path("error").asText().startsWith("The conversation was deleted."),
                "word of its end");
        say(client, "Two");
        claude.awaitAgent(1, 1);
        assertThat(sessions()).hasSize(1);
    }
}
