package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentOptions;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The frames of queries in their order, and the effects of options.
class QuerySocketTest extends EnhancedServerFixture {
    private RunningServer server;
    private NativeClient client;

    @BeforeEach
    void connect() {
        server = start(c -> c);
        client = connect(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/enhanced/ws", "/ws"})
    void theFirstFrameHasTheCapabilities(String path) {
        JsonNode first = connect(server, path).await("connection_established").path("data");
        assertThat(first.path("session_id").asText()).matches("session_\\d+");
        JsonNode can = first.path("capabilities");
        assertThat(can.path("concurrent_input").booleanValue()).isTrue();
        assertThat(can.path("interrupt_query").booleanValue()).isTrue();
        assertThat(can.path("tool_definition").isBoolean()).isTrue();
        assertThat(can.size()).isEqualTo(3);
    }

    @Test
    void aQueryIsAnsweredInTheDocumentedOrder() {
        sendQuery(client, "hello");
        emitTurn(agents.awaitAgent(0, 1), "Hi there");
        client.await("query_end");
        assertThat(types(client))
                .containsExactly(
                        "connection_established",
                        "query_start",
                        "system_message",
                        "assistant_message",
                        "result_message",
                        "query_end");
        assertThat(client.await("query_start").path("data"))
                .isEqualTo(Json.object().put("prompt", "hello"));
        JsonNode init = client.await("system_message").path("data");
        assertThat(init.path("type").asText()).isEqualTo("system");
        assertThat(init.path("subtype").asText()).isEqualTo("init");
        assertThat(client.await("assistant_message").toString())
                .isEqualTo(
                        "{\"type\":\"assistant_message\",\"data\":{\"content\":[{\"type\":\"text\",\"text\":\"Hi"
                            + " there\"}]}}");
        assertThat(client.await("query_end").toString()).isEqualTo("{\"type\":\"query_end\"}");
    }

    @Test
    void toolUsesAndTheirResultsAreBlocksOfAssistantMessages() {
        sendQuery(client, "look");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emit(
                "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"thinking\","
                        + "\"thinking\":\"hm\",\"signature\":\"x\"}]}}",
                "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"tool_use\","
                    + "\"id\":\"t1\",\"name\":\"Read\",\"input\":{\"file_path\":\"a\"},\"caller\":{}}]}}",
                "{\"type\":\"user\",\"message\":{\"role\":\"user\","
                    + "\"content\":[{\"tool_use_id\":\"t1\",\"type\":\"tool_result\",\"content\":\"1"
                    + " line\",\"is_error\":false}]}}",
                "{\"type\":\"user\",\"message\":{\"role\":\"user\","
                        + "\"content\":[{\"tool_use_id\":\"t2\",\"type\":\"tool_result\","
                        + "\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}]}}",
                "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a"
                    + " note to the agent\"}]}}");
        agent.emitResult();
        client.await("query_end");
        assertThat(of(client, "assistant_message").stream().map(f -> f.at("/data/content/0")))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"Read\",\"input\":{\"file_path\":\"a\"}}",
                        "{\"type\":\"tool_result\",\"tool_use_id\":\"t1\",\"content\":\"1"
                                + " line\",\"is_error\":false}",
                        "{\"type\":\"tool_result\",\"tool_use_id\":\"t2\","
                            + "\"content\":[{\"type\":\"text\",\"text\":\"a\"}],\"is_error\":null}");
    }

    @Test
    void deltasAndSignsOfProgressAreNotSent() {
        sendQuery(client, "hello");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emit(
                "{\"type\":\"system\",\"subtype\":\"status\",\"status\":\"requesting\"}",
                "{\"type\":\"system\",\"subtype\":\"session_state_changed\",\"state\":\"running\"}",
                "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{}}");
        agent.emitTextStart();
        agent.emitDelta("Hi");
        agent.emit("{\"type\":\"system\",\"subtype\":\"compact_boundary\",\"x\":1}");
        agent.emitResult();
        client.await("query_end");
        assertThat(of(client, "system_message").stream().map(f -> f.at("/data/subtype").asText()))
                .containsExactly("init", "compact_boundary");
        // Deltas are not sent; the text of a block that did not arrive is sent once as a whole.
        assertThat(of(client, "assistant_message").stream().map(f -> f.at("/data/content/0/text")))
                .extracting(JsonNode::asText)
                .containsExactly("Hi");
    }

    @Test
    void aResultHasTheCostOfTheQueryAndOfTheConnection() {
        sendQuery(client, "one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emit(
                "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,"
                        + "\"duration_ms\":12,\"num_turns\":3,\"session_id\":\"abc\","
                        + "\"usage\":{\"input_tokens\":5},\"total_cost_usd\":0.25}");
        JsonNode first = nth(client, 1, "result_message").path("data");
        assertThat(first.toString())
                .isEqualTo(
                        "{\"subtype\":\"success\",\"cost_usd\":0.25,\"duration_ms\":12,"
                                + "\"session_id\":\"abc\",\"total_cost_usd\":0.25,\"num_turns\":3,"
                                + "\"usage\":{\"input_tokens\":5}}");
        client.await("query_end");
        sendQuery(client, "two");
        agents.awaitAgent(0, 2).emitInit();
        agent.emit(
                "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"total_cost_usd\":0.75}");
        JsonNode second = nth(client, 2, "result_message").path("data");
        assertThat(second.path("cost_usd").asDouble()).isEqualTo(0.5);
        assertThat(second.path("total_cost_usd").asDouble()).isEqualTo(0.75);
        assertThat(second.has("usage")).isTrue();
        assertThat(second.path("usage").isNull()).isTrue();
    }

    @Test
    void contextIsKeptFromQueryToQuery() throws Exception {
        sendQuery(client, "one");
        emitTurn(agents.awaitAgent(0, 1), "1");
        nth(client, 1, "query_end");
        client.send(query("two").toString());
        emitTurn(agents.awaitAgent(0, 2), "2");
        nth(client, 2, "query_end");
        assertThat(agents.agents()).hasSize(1);
        assertThat(sessions()).hasSize(1);
        assertThat(sessions().get(0).path("origin").asText()).isEqualTo("enhanced");
    }

    @Test
    void optionsReachTheAgent() {
        sendQuery(
                client,
                "go",
                Json.object()
                        .put("model", "opus")
                        .put("permission_mode", "plan")
                        .put("max_thinking_tokens", 5000)
                        .set("allowed_tools", Json.mapper().valueToTree(List.of("Read", "Bash"))));
        AgentLaunch launch = agents.awaitAgent(0, 1).launch();
        assertThat(launch.model()).isEqualTo("opus");
        assertThat(launch.permissionMode()).isEqualTo("plan");
        assertThat(launch.cwd()).isEqualTo(folder);
        assertThat(launch.options().maxThinkingTokens()).isEqualTo(5000);
        assertThat(launch.options().allowedTools()).containsExactly("Read", "Bash");
    }

    @Test
    void withoutOptionsAnAgentAsksForPermissionAndUsesItsOwnModel() {
        client.send(query("go").toString());
        AgentLaunch launch = agents.awaitAgent(0, 1).launch();
        assertThat(launch.permissionMode()).isEqualTo("default");
        assertThat(launch.model()).isNull();
        assertThat(launch.cwd()).isEqualTo(Path.of(System.getProperty("user.home")));
        assertThat(launch.options()).isEqualTo(AgentOptions.NONE);
    }

    @Test
    void aQueryWithOtherOptionsContinuesTheConversationInAnotherAgent() {
        sendQuery(client, "one");
        emitTurn(agents.awaitAgent(0, 1), "1");
        nth(client, 1, "query_end");
        UUID conversation = agents.awaitAgent(0, 1).launch().conversation().id();
        sendQuery(client, "two", Json.object().put("model", "haiku"));
        AgentLaunch launch = agents.awaitAgent(1, 1).launch();
        assertThat(launch.model()).isEqualTo("haiku");
        assertThat(launch.conversation())
                .isEqualTo(new AgentLaunch.Conversation.Resumed(conversation));
        emitTurn(agents.awaitAgent(1, 1), "2");
        nth(client, 2, "query_end");
        assertThat(agents.awaitAgent(0, 1).isCloseRequested()).isTrue();
    }

    @Test
    void anotherFolderIsAnotherConversation() throws Exception {
        sendQuery(client, "one");
        emitTurn(agents.awaitAgent(0, 1), "1");
        nth(client, 1, "query_end");
        Path other = Files.createDirectory(folder.resolve("other"));
        sendQuery(client, "two", Json.object().put("cwd", other.toString()));
        assertThat(agents.awaitAgent(1, 1).launch().cwd()).isEqualTo(other);
        assertThat(agents.awaitAgent(1, 1).launch().conversation())
                .isInstanceOf(AgentLaunch.Conversation.Fresh.class);
    }

    @Test
    void continuingWithoutAnEarlierSessionStartsAConversation() {
        sendQuery(client, "go on", Json.object().put("continue_conversation", true));
        assertThat(agents.awaitAgent(0, 1).launch().conversation())
                .isInstanceOf(AgentLaunch.Conversation.Fresh.class);
        emitTurn(agents.awaitAgent(0, 1), "yes");
        nth(client, 1, "query_end");
        sendQuery(client, "and on");
        emitTurn(agents.awaitAgent(0, 2), "yes");
        nth(client, 2, "query_end");
    }

    /// A second agent for the same conversation would not receive what the first one receives.
    @Test
    void continuingUsesTheLastSessionOfTheFolder() throws Exception {
        sendQuery(client, "one");
        emitTurn(agents.awaitAgent(0, 1), "1");
        nth(client, 1, "query_end");
        NativeClient other = connect(server);
        sendQuery(other, "go on", Json.object().put("continue_conversation", true));
        emitTurn(agents.awaitAgent(0, 2), "2");
        other.await("query_end");
        assertThat(sessions()).hasSize(1);
    }

    @Test
    void aConversationThatOrielDoesNotKnowIsResumedByTheAgent() {
        UUID foreign = UUID.randomUUID();
        sendQuery(client, "go on", Json.object().put("resume", foreign.toString()));
        assertThat(agents.awaitAgent(0, 1).launch().conversation())
                .isEqualTo(new AgentLaunch.Conversation.Resumed(foreign));
    }

    @Test
    void anotherConnectionResumesTheConversationOfAClosedOne() throws Exception {
        sendQuery(client, "one");
        emitTurn(agents.awaitAgent(0, 1), "1");
        nth(client, 1, "query_end");
        UUID conversation = agents.awaitAgent(0, 1).launch().conversation().id();
        client.close();
        // Otherwise the first agent may run the next query too.
        Awaitility.await().until(() -> agents.awaitAgent(0, 1).isCloseRequested());
        NativeClient other = connect(server);
        sendQuery(other, "two", Json.object().put("resume", conversation.toString()));
        emitTurn(agents.awaitAgent(1, 1), "2");
        other.await("query_end");
        assertThat(sessions()).hasSize(1);
    }

    @Test
    void aLostConversationIsAnErrorForTheClientThatNamedIt() {
        UUID gone = UUID.randomUUID();
        sendQuery(client, "go on", Json.object().put("resume", gone.toString()));
        agents.awaitAgent(0, 1).exit(AgentEvent.ExitCause.CONVERSATION_GONE);
        assertThat(errorOf(nth(client, 1, "error")))
                .isEqualTo("No conversation found with session ID: " + gone);
        Awaitility.await().until(() -> agents.awaitAgent(1, 1).isCloseRequested());
        sendQuery(client, "anew");
        emitTurn(agents.awaitAgent(2, 1), "fine");
        client.await("query_end");
        assertThat(of(client, "query_end")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5|options must be an object",
                "[]|options must be an object",
                "{\"allowed_tools\":\"Read\"}|options.allowed_tools must be an array of strings",
                "{\"allowed_tools\":[1]}|options.allowed_tools must be an array of strings",
                "{\"permission_mode\":1}|options.permission_mode must be a string",
                "{\"permission_mode\":\"yolo\"}|permission_mode must be one of acceptEdits, auto,"
                        + " default, dontAsk, manual, plan",
                "{\"permission_mode\":\"bypassPermissions\"}|bypassPermissions is not allowed on"
                        + " this server",
                "{\"max_thinking_tokens\":\"8000\"}|options.max_thinking_tokens must be a whole"
                        + " number from 0",
                "{\"max_thinking_tokens\":-1}|options.max_thinking_tokens must be a whole number"
                        + " from 0",
                "{\"max_thinking_tokens\":1.5}|options.max_thinking_tokens must be a whole number"
                        + " from 0",
                "{\"model\":{}}|options.model must be a string",
                "{\"cwd\":7}|options.cwd must be a string",
                "{\"continue_conversation\":\"yes\"}|options.continue_conversation must be true or"
                        + " false",
                "{\"resume\":\"yesterday\"}|options.resume must be the UUID of a conversation",
            })
    void aWrongOptionIsNamedAndNothingRuns(String options, String why) {
        client.send("{\"type\":\"query\",\"prompt\":\"x\",\"options\":" + options + "}");
        assertThat(errorOf(nth(client, 1, "error"))).isEqualTo(why);
        assertThat(of(client, "query_start")).isEmpty();
        assertThat(agents.agents()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"model\":null,\"cwd\":\"\",\"resume\":\""
                        + " \",\"unknown\":[1],\"allowed_tools\":null}"
            })
    void absentEmptyAndUnknownOptionsAreNoErrors(String options) {
        client.send("{\"type\":\"query\",\"prompt\":\"x\",\"options\":" + options + "}");
        emitTurn(agents.awaitAgent(0, 1), "fine");
        client.await("query_end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"prompt\":\"\"", ",\"prompt\":null", ",\"prompt\":\" \""})
    void anEmptyPromptIsAnError(String prompt) {
        client.send("{\"type\":\"query\"" + prompt + "}");
        assertThat(errorOf(nth(client, 1, "error"))).isEqualTo("prompt must not be empty");
    }

    @Test
    void aPromptThatIsNoStringIsAnError() {
        client.send("{\"type\":\"query\",\"prompt\":[\"x\"]}");
        assertThat(errorOf(nth(client, 1, "error"))).isEqualTo("prompt must be a string");
    }

    @Test
    void aMissingFolderIsAnErrorOfTheQuery() {
        sendQuery(client, "x", Json.object().put("cwd", folder.resolve("nowhere").toString()));
        assertThat(errorOf(nth(client, 1, "error"))).contains("cwd must be an existing folder");
        assertThat(of(client, "query_end")).isEmpty();
        sendQuery(client, "again");
        emitTurn(agents.awaitAgent(0, 1), "fine");
        client.await("query_end");
    }

    @Test
    void aSecondQueryIsRefusedAndTheFirstContinues() {
        sendQuery(client, "one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        sendQuery(client, "two");
        assertThat(errorOf(nth(client, 1, "error")))
                .isEqualTo("A query is already in progress. Use interrupt to stop it.");
        emitTurn(agent, "1");
        client.await("query_end");
        assertThat(agent.prompts()).hasSize(1);
    }

    @Test
    void aCrashIsAnErrorWithoutAQueryEnd() {
        sendQuery(client, "one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.exit(AgentEvent.ExitCause.CRASHED);
        assertThat(errorOf(nth(client, 1, "error"))).isEqualTo("CLI process failed (exit code: 1)");
        sendQuery(client, "two");
        emitTurn(agents.awaitAgent(1, 1), "2");
        client.await("query_end");
        assertThat(of(client, "query_end")).hasSize(1);
    }

    @Test
    void anAgentThatCannotBeStartedIsAnErrorEachTime() {
        agents.setUnavailable("There is no claude.");
        for (int i = 1; i <= 2; i++) {
            sendQuery(client, "try " + i);
            assertThat(errorOf(nth(client, i, "error"))).contains("There is no claude.");
        }
        agents.setUnavailable(null);
        sendQuery(client, "now");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        emitTurn(agent, "fine");
        client.await("query_end");
        assertThat(agent.prompts()).hasSize(1);
    }

    @Test
    void aSessionThatIsDeletedEndsItsQuery() throws Exception {
        sendQuery(client, "one");
        agents.awaitAgent(0, 1).emitInit();
        client.await("system_message");
        server.call("DELETE", "/v1/sessions/" + sessions().get(0).path("id").asText(), null);
        nth(client, 1, "error");
        sendQuery(client, "two");
        emitTurn(agents.awaitAgent(1, 1), "2");
        client.await("query_end");
    }

    private JsonNode sessions() throws Exception {
        return Json.mapper()
                .readTree(server.call("GET", "/v1/sessions", null).body())
                .path("sessions");
    }
}
