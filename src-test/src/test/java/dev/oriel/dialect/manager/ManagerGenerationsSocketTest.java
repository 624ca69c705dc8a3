package dev.oriel.dialect.manager;

import static dev.oriel.dialect.manager.ManagerServer.is;
import static dev.oriel.dialect.manager.ManagerServer.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentOptions;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames of the later generations of the manager system (wire.md 5.3, 5.4, 5.5 and 5.6).
class ManagerGenerationsSocketTest {
    private static final String SECOND = "{\"permission_mode\":\"default\"}";
    private static final String THIRD =
            "{\"permission_mode\":\"default\",\"provider\":\"anthropic\",\"model\":\"m\"}";

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

    private void send(String type, UUID session, String members) {
        client.send("{\"type\":\"%s\",\"session_id\":\"%s\"%s}".formatted(type, session, members));
    }

    private List<JsonNode> messages() {
        return client.frames().stream().filter(f -> is(f, "agent_message")).toList();
    }

    private void awaitEnds(int turns) {
        await().until(() ->
                messages().stream().filter(f -> f.path("complete").asBoolean()).count() == turns);
    }

    /// The text that clients of the second generation show: they collect parts by `message_id`, and
    /// the last frame replaces them.
    private Map<String, String> shown(boolean replaces) {
        Map<String, String> shown = new LinkedHashMap<>();
        for (JsonNode m : messages()) {
            String text = m.path("content").asText();
            shown.merge(
                    m.path("message_id").asText(),
                    text,
                    (a, b) -> m.path("complete").asBoolean() ? (replaces ? b : a) : a + b);
        }
        return shown;
    }

    @Test
    void theLastFrameOfASecondGenerationAnswerRepeatsItsText() {
        UUID id = manager.session(client, SECOND);
        prompt(client, id, "Hello");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        for (int turn = 1; turn <= 2; turn++) {
            if (turn == 2) {
                prompt(client, id, "Again");
            }
            int prompts = turn;
            await().until(() -> agent.prompts().size() == prompts);
            agent.emitInit();
            agent.emitText("Answer ");
            agent.emitText("number " + turn);
            agent.emitResult();
            awaitEnds(turn);
        }
        assertThat(shown(true).values()).containsExactly("Answer number 1", "Answer number 2");
        assertThat(shown(false)).isEqualTo(shown(true));
    }

    @Test
    void aTurnHasOneEndAndWhatFollowsAToolUseIsAMessageOfItsOwn() {
        UUID id = manager.session(client, SECOND);
        prompt(client, id, "List");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitText("Look:");
        agent.emit(
                """
                {"type":"assistant","session_id":"x","message":{"id":"m","role":"assistant",\
                "content":[{"type":"tool_use","id":"t","name":"Read","input":{"file_path":"/a"}}]}}\
                """);
        agent.emitText("One file.");
        agent.emitResult();
        awaitEnds(1);
        assertThat(shown(true).values()).containsExactly("Look:\n\n", "One file.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", SECOND, THIRD})
    void aToolUseHasItsInputAndTheNameThatClientsKnow(String options) {
        UUID id = manager.session(client, options);
        prompt(client, id, "Plan");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emit(
                """
                {"type":"assistant","session_id":"x","message":{"id":"m","role":"assistant",\
                "content":[{"type":"tool_use","id":"t","name":"TodoWrite","input":{"todos":[{"content":"a"}]}},\
                {"type":"tool_use","id":"u","name":"Agent","input":{"prompt":"b"}}]}}\
                """);
        client.await(f -> f.path("tool").asText().equals("Task"), "the renamed tool");
        JsonNode todo = client.await("agent_tool_use");
        assertThat(todo.at("/input/todos/0/content").asText()).isEqualTo("a");
        assertThat(todo.path("parameters")).isEqualTo(todo.path("input"));
    }

    @Test
    void allAgentsEndAtOnce() {
        UUID one = manager.session(client, SECOND);
        UUID two = manager.session(client, SECOND);
        prompt(client, one, "Hello");
        agents.awaitAgent(0, 1).emitInit();
        client.send("{\"type\":\"kill_all_agents\"}");
        JsonNode killed = client.await("agents_killed");
        assertThat(killed.path("killed_count").asInt()).isEqualTo(2);
        assertThat(killed.path("sessions_ended"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(one.toString(), two.toString());
        client.send("{\"type\":\"list_sessions\"}");
        assertThat(client.await("sessions_list").path("sessions")).isEmpty();
    }

    @Test
    void theConversationHistoryIsAppendedToTheSystemPrompt() {
        UUID id =
                manager.session(
                        client,
                        "{\"system_prompt\":\"Be brief.\",\"conversation_history\":\"User:"
                                + " 4711\"}");
        prompt(client, id, "Go on");
        var whole =
                (AgentOptions.SystemPrompt.Replacement)
                        agents.awaitAgent(0, 1).launch().options().systemPrompt();
        assertThat(whole.text()).startsWith("Be brief.").endsWith("User: 4711");
    }

    private HttpResponse<String> get(String path, String key) throws Exception {
        return manager.server()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + manager.port() + path))
                                .header("Authorization", "Bearer " + key)
                                .build());
    }

    @Test
    void theAgentsOfAFolderAreListedAndNamed() throws Exception {
        ManagerServer.write(
                folder.resolve(".claude/agents/reviewer.md"),
                """
                ---
                name: reviewer
                description: >
                  Reads
                  code
                model: "opus"
                ---

                Review it.
                """);
        String query = "?working_directory=" + folder;
        var list = Json.mapper().readTree(get("/agents" + query, ManagerServer.KEY).body());
        assertThat(list.path("count").asInt()).isEqualTo(1);
        assertThat(list.at("/agents/reviewer").toString())
                .isEqualTo(
                        "{\"name\":\"reviewer\",\"description\":\"Reads"
                                + " code\",\"tools\":null,\"model\":\"opus\",\"color\":null}");
        assertThat(list.path("agents_dir").asText()).endsWith("agents");
        var one = Json.mapper().readTree(get("/agents/reviewer" + query, ManagerServer.KEY).body());
        assertThat(one.at("/agent/system_prompt").asText()).isEqualTo("Review it.");
        assertThat(get("/agents/nobody" + query, ManagerServer.KEY).statusCode()).isEqualTo(404);
        assertThat(get("/agents" + query, "wrong").statusCode()).isEqualTo(401);

        UUID id = manager.session(client, "{\"agent_name\":\"reviewer\"}");
        JsonNode made = client.await("session_created");
        assertThat(made.at("/session/options/agent_name").asText()).isEqualTo("reviewer");
        prompt(client, id, "Go");
        assertThat(agents.awaitAgent(0, 1).launch().options().systemPrompt())
                .isEqualTo(new AgentOptions.SystemPrompt.Replacement("Review it."));
        client.send(manager.create(UUID.randomUUID(), "{\"agent_name\":\"nobody\"}").toString());
        assertThat(client.await("error").path("message").asText())
                .startsWith("Agent 'nobody' not found in ");
    }

    @Test
    void theThirdGenerationReceivesWholeMessages() {
        UUID id = manager.session(client, THIRD);
        assertThat(client.await("session_created").path("status").asText()).isEqualTo("created");
        prompt(client, id, "Hello");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emit(
                """
                {"type":"assistant","session_id":"x","message":{"id":"m","role":"assistant",\
                "content":[{"type":"text","text":"Look:"},{"type":"tool_use","id":"t","name":"Bash",\
                "input":{"command":"ls"}}]}}\
                """,
                """
                {"type":"user","session_id":"x","uuid":"%s","message":{"role":"user",\
                "content":[{"type":"tool_result","tool_use_id":"t","content":"a"}]}}\
                """
                        .formatted(UUID.randomUUID()));
        agent.emitResult();
        client.await(f -> f.at("/content/type").asText().equals("result"), "the end");
        List<JsonNode> contents = messages().stream().map(m -> m.path("content")).toList();
        assertThat(contents.get(0).path("text").toString()).isEqualTo("[\"Look:\"]");
        assertThat(contents.get(0).at("/tools/0/id").asText()).isEqualTo("t");
        assertThat(contents.get(1).at("/tool_results/0/tool_use_id").asText()).isEqualTo("t");
        assertThat(contents.get(2).path("success").asBoolean()).isTrue();

        send("load_messages", id, ",\"limit\":1,\"offset\":1");
        JsonNode loaded = client.await("messages_loaded");
        assertThat(loaded.path("count").asInt()).isEqualTo(1);
        assertThat(loaded.path("has_more").asBoolean()).isFalse();
        assertThat(loaded.at("/messages/0/role").asText()).isEqualTo("assistant");
        assertThat(loaded.at("/messages/0/content").asText()).isEqualTo("Look:");
        assertThat(loaded.at("/messages/0/tool_uses/0/name").asText()).isEqualTo("Bash");
        assertThat(loaded.at("/messages/0/sequence").asInt()).isEqualTo(1);
    }

    @Test
    void aTurnIsInterruptedAndTheSessionStays() {
        UUID id = manager.session(client, THIRD);
        prompt(client, id, "Count");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        client.await("agent_thinking");
        send("interrupt_session", id, "");
        assertThat(client.await("session_interrupted").path("session_id").asText())
                .isEqualTo(id.toString());
        assertThat(agent.interrupts()).isEqualTo(1);
        agent.emitResult();
        prompt(client, id, "And now?");
        await().until(() -> agent.prompts().size() == 2);
        assertThat(client.frames()).noneMatch(f -> is(f, "error"));
    }

    @Test
    void aDeletedSessionIsForgotten() throws Exception {
        UUID id = manager.session(client, THIRD);
        send("delete_session", id, "");
        assertThat(client.await("session_deleted").path("status").asText()).isEqualTo("deleted");
        assertThat(manager.server().call("GET", "/v1/sessions", null).body())
                .doesNotContain(id.toString());
    }

    private ScriptedAgent asking(UUID id, String command) {
        prompt(client, id, "Go");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        ObjectNode input = Json.object().put("command", command);
        agent.emitAsk("ask-1", "Bash", input.toString());
        return agent;
    }

    @ParameterizedTest
    @ValueSource(strings = {",\"permission_id\":\"ask-1\"", ",\"permission_id\":null"})
    void aPermissionIdIdentifiesARequestOfTheThirdGeneration(String named) {
        UUID id = manager.session(client, THIRD);
        ScriptedAgent agent = asking(id, "ls");
        JsonNode asked = client.await("permission_request");
        assertThat(asked.path("permission_id").asText()).isEqualTo("ask-1");
        assertThat(asked.at("/details/command").asText()).isEqualTo("ls");
        send("permission_response", id, ",\"approved\":true" + named);
        client.await("permission_acknowledged");
        await().until(() -> !agent.responses().isEmpty());
    }

    @Test
    void anAlwaysAllowRuleAppliesUntilItIsRemoved() {
        UUID id = manager.session(client, THIRD);
        ScriptedAgent agent = asking(id, "npm test");
        client.await("permission_request");
        send(
                "add_always_allow_rule",
                id,
                ",\"permission_id\":\"ask-1\",\"rule\":{\"tool\":\"Bash\","
                        + "\"match_mode\":\"pattern\",\"pattern\":{\"command_prefix\":\"npm\"},"
                        + "\"description\":\"npm\"}");
        String rule = client.await("always_allow_rules_list").at("/rules/0/id").asText();
        await().until(() -> agent.responses().size() == 1);
        agent.emitAsk("ask-2", "Bash", "{\"command\":\"npm run build\"}");
        await().until(() -> agent.responses().size() == 2);
        assertThat(agent.responses().get(1).tree().at("/response/response/behavior").asText())
                .isEqualTo("allow");
        agent.emitAsk("ask-3", "Bash", "{\"command\":\"npm test; rm -r /\"}");
        client.await(f -> f.path("request_id").asText().equals("ask-3"), "the longer command");

        send("remove_always_allow_rule", id, ",\"rule_id\":\"" + rule + "\"");
        client.await(
                f -> is(f, "always_allow_rules_list") && f.path("rules").isEmpty(), "no rules");
        agent.emitAsk("ask-4", "Bash", "{\"command\":\"npm test\"}");
        client.await(f -> f.path("request_id").asText().equals("ask-4"), "an ask again");
    }

    @Test
    void aPromptCanHaveImages() {
        UUID id = manager.session(client, THIRD);
        String blocks =
                "[{\"type\":\"text\",\"text\":\"What is"
                        + " it?\"},{\"type\":\"image\",\"source\":{\"type\":\"base64\","
                        + "\"media_type\":\"image/png\",\"data\":\"AAAA\"}}]";
        send("send_prompt", id, ",\"content\":" + blocks);
        var sent = agents.awaitAgent(0, 1).prompts().getFirst().tree();
        assertThat(sent.at("/message/content").toString()).isEqualTo(blocks);
        send("send_prompt", id, ",\"content\":[{\"type\":\"document\"}]");
        assertThat(client.await("error").path("message").asText())
                .startsWith("Failed to send prompt: 1 validation error for SendPromptMessage");
    }

    @Test
    void theThirdGenerationNamesGrep() {
        UUID id = manager.session(client, "{\"provider\":\"a\",\"tools\":[\"Search\",\"Grep\"]}");
        prompt(client, id, "Go");
        assertThat(agents.awaitAgent(0, 1).launch().options().tools())
                .containsExactly("Grep", "Glob");
    }
}
