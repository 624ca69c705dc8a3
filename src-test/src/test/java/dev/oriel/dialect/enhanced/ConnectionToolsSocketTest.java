package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.ExternalTool;
import dev.oriel.agent.ToolResult;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `define_tool` in the enhanced dialect: a tool belongs to the connection, in whichever session
/// its queries run.
@Timeout(60)
class ConnectionToolsSocketTest extends EnhancedServerFixture {
    private static final String RING =
            "{\"name\":\"ring\",\"description\":\"Rings a"
                    + " bell\",\"parameters\":{\"times\":\"int\"}}";

    private RunningServer server;
    private NativeClient client;

    @BeforeEach
    void start() {
        server = start(c -> c);
        client = connect(server);
    }

    private ScriptedAgent running(int agent) {
        ScriptedAgent a = agents.awaitAgent(agent, 1);
        a.emitInit();
        return a;
    }

    private static void get(NativeClient client) {
        client.send("{\"type\":\"get_tools\"}");
    }

    @Test
    void theFirstFrameSaysThatToolsCanBeDefined() {
        assertThat(
                        client.await("connection_established")
                                .at("/data/capabilities/tool_definition")
                                .booleanValue())
                .isTrue();
    }

    @Test
    void aDefinedToolIsCalledAndItsOutputReachesTheAgent() throws Exception {
        JsonNode defined = client.defineTool(RING).path("data");
        assertThat(defined.path("tool_id").asText()).isEqualTo("mcp__oriel__ring");
        assertThat(defined.path("tool_name").asText()).isEqualTo("ring");
        assertThat(defined.path("status").asText()).isEqualTo("success");
        assertThat(defined.at("/details/parameters/properties/times/type").asText())
                .isEqualTo("integer");
        sendQuery(client, "Ring the bell");
        ScriptedAgent agent = running(0);
        assertThat(agent.launch().tools().tools())
                .extracting(ExternalTool::name)
                .containsExactly("ring");
        var result = agent.callTool("ring", "{\"times\":2}");
        JsonNode call = client.await("tool_call");
        assertThat(call.at("/data/input/times").asInt()).isEqualTo(2);
        client.sendToolOutput(call, "\"Ding dong\"");
        assertThat(result.get(Patience.SECONDS, TimeUnit.SECONDS))
                .isEqualTo(ToolResult.of("Ding dong"));
        agent.emitResult();
        client.await("query_end");
    }

    @Test
    void aToolThatIsDefinedDuringAQueryIsOfferedAtOnce() {
        sendQuery(client, "hello");
        ScriptedAgent agent = running(0);
        client.defineTool(RING);
        assertThat(agent.toolChanges()).isEqualTo(1);
        assertThat(agent.launch().tools().tools()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{}                                | Failed to define tool: name must be",
                "{\"name\":\"a b\"}                | Failed to define tool: name must be",
                "{\"name\":\"a\",\"parameters\":7} | Failed to define tool: parameters must be"
            })
    void anInvalidToolIsRefusedWithTheTextOfTheOriginal(String tool, String why) {
        client.send("{\"type\":\"define_tool\",\"tool\":" + tool + "}");
        assertThat(errorOf(client.await("error"))).startsWith(why);
    }

    @Test
    void anOutputWithoutAPendingCallIsAnError() {
        client.send("{\"type\":\"tool_output\",\"call_id\":\"x\",\"output\":\"y\"}");
        assertThat(errorOf(client.await("error")))
                .isEqualTo("No call of this call_id waits for an output.");
    }

    @Test
    void getToolsNamesThemFirst() {
        get(client);
        JsonNode before = nth(client, 1, "tools_list").path("data");
        client.defineTool(RING);
        get(client);
        JsonNode after = nth(client, 2, "tools_list").path("data");

        assertThat(before.path("source").asText()).isEqualTo("default");
        assertThat(after.path("source").asText()).isEqualTo("registry");
        assertThat(after.at("/tools/0/name").asText()).isEqualTo("ring");
        assertThat(after.at("/tools/0/description").asText()).isEqualTo("Rings a bell");
        assertThat(after.path("tools")).hasSize(before.path("tools").size() + 1);
    }

    @Test
    void aClientMayAllowItsToolByItsOwnNameForIt() {
        client.defineTool(RING);
        var options = Json.object();
        options.putArray("allowed_tools").add("Read").add("ring");
        sendQuery(client, "Ring", options);
        assertThat(running(0).launch().options().allowedTools())
                .containsExactly("Read", "ring", "mcp__oriel__ring");
    }

    @Test
    void theToolsMoveWithTheConnectionFromSessionToSession() throws Exception {
        client.defineTool(RING);
        sendQuery(client, "one");
        ScriptedAgent first = running(0);
        first.emitResult();
        client.await("query_end");
        Path other = Files.createDirectories(folder.resolve("other"));
        sendQuery(client, "two", Json.object().put("cwd", other.toString()));
        ScriptedAgent second = running(1);

        assertThat(second.launch().tools().tools()).hasSize(1);
        Awaitility.await().until(() -> first.launch().tools().tools().isEmpty());
        second.callTool("ring", "{}");
        client.await("tool_call");
    }

    @Test
    void aDisconnectRemovesTheClientsToolsAndFailsTheirCalls() throws Exception {
        client.defineTool(RING);
        sendQuery(client, "Ring");
        ScriptedAgent agent = running(0);
        var lost = agent.callTool("ring", "{}");
        client.await("tool_call");
        client.close();
        assertThat(lost.get(Patience.SECONDS, TimeUnit.SECONDS))
                .isEqualTo(
                        ToolResult.error("The client that runs the tool ring has disconnected."));
        assertThat(agent.launch().tools().tools()).isEmpty();
    }
}
