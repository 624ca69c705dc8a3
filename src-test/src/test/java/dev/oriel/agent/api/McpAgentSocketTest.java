package dev.oriel.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.api.StdioMcpServer;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// MCP servers in whole agents, with a fake Messages API.
class McpAgentSocketTest {
    @TempDir Path temp;
    private FakeMessagesApi api;
    private ApiAgents agents;
    private Path folder;

    @BeforeEach
    void begin() throws Exception {
        api = FakeMessagesApi.start();
        agents = AgentRun.apiAgents(api, temp);
        folder = Files.createDirectories(temp.resolve("project"));
    }

    @AfterEach
    void end() {
        agents.close();
        api.close();
    }

    private static void configure(Path file, String name, ObjectNode server) throws Exception {
        ObjectNode json = Json.object();
        json.putObject("mcpServers").set(name, server);
        Files.createDirectories(file.getParent());
        Files.writeString(file, json.toString());
    }

    private String toolsOf(int request) {
        return api.requests().get(request).body().path("tools").findValuesAsText("name").toString();
    }

    @Test
    void aServerOfTheProjectIsAskedForAndThenUsed() throws Exception {
        configure(folder.resolve(".mcp.json"), "notes", StdioMcpServer.configuration());
        api.enqueue(FakeReply.toolUse("mcp__notes__echo", "{\"a\":1}"), FakeReply.text("Done"));
        try (AgentRun run = new AgentRun(agents, folder, null)) {
            run.send("go");
            Message ask = run.events.awaitAsk(1);
            JsonNode request = ask.tree().path("request");
            assertThat(request.path("tool_name").asText()).isEqualTo("McpServer");
            assertThat(api.requests()).isEmpty();
            run.reply(ask, Json.object().put("behavior", "allow"));

            assertThat(run.finish().path("result").asText()).isEqualTo("Done");

            assertThat(run.toolResults()).containsExactly("{\"a\":1}");
            assertThat(toolsOf(0)).contains("mcp__notes__echo");
        }
        api.enqueue(FakeReply.text("Again"));
        try (AgentRun run = new AgentRun(agents, folder, null)) {
            assertThat(run.turn("go").path("result").asText()).isEqualTo("Again");
            assertThat(run.events.messages("control_request")).isEmpty();
        }
    }

    @Test
    void aRefusedServerDoesNotRunAndTheTurnGoesOn() throws Exception {
        configure(folder.resolve(".mcp.json"), "notes", StdioMcpServer.configuration());
        api.enqueue(FakeReply.text("Done"), FakeReply.text("Again"));
        try (AgentRun run = new AgentRun(agents, folder, null)) {
            run.send("go");
            run.reply(run.events.awaitAsk(1), Json.object().put("behavior", "deny"));
            assertThat(run.finish().path("result").asText()).isEqualTo("Done");
            assertThat(toolsOf(0)).doesNotContain("mcp__");
            assertThat(run.turn("more").path("result").asText()).isEqualTo("Again");
            assertThat(run.events.messages("control_request")).hasSize(1);
        }
    }

    @Test
    void anInterruptWithdrawsTheQuestion() throws Exception {
        configure(folder.resolve(".mcp.json"), "notes", StdioMcpServer.configuration());
        try (AgentRun run = new AgentRun(agents, folder, null)) {
            run.send("go");
            run.events.awaitAsk(1);
            run.interrupt();
            run.events.awaitMessage(m -> m.is("result"));
            assertThat(run.events.messages("control_cancel_request")).hasSize(1);
            assertThat(api.requests()).isEmpty();
        }
    }

    @Test
    void theServersOfTheDataFolderAreUsed() throws Exception {
        configure(temp.resolve("data/mcp.json"), "own", StdioMcpServer.configuration());
        api.enqueue(FakeReply.text("Done"));
        try (AgentRun run = new AgentRun(agents, folder, null)) {
            run.turn("go");
            assertThat(run.events.messages("control_request")).isEmpty();
            assertThat(toolsOf(0)).contains("mcp__own__echo");
        }
    }
}
