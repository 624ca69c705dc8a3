package dev.oriel.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.platform.FileRights;
import dev.oriel.testing.api.StdioMcpServer;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.claude.ElicitingMcpServer;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.LoopbackMcpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
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

    @Test
    void aLoginMakesTheToolsAvailable() throws Exception {
        try (LoopbackMcpServer server = LoopbackMcpServer.startWithLogin()) {
            configure(
                    temp.resolve("data/mcp.json"),
                    "loop",
                    Json.object().put("type", "http").put("url", server.url()));
            api.enqueue(
                    FakeReply.text("One"),
                    FakeReply.toolUse("mcp__loop__add", "{}"),
                    FakeReply.text("Two"));
            try (AgentRun run = new AgentRun(agents, folder, null)) {
                run.turn("go");
                assertThat(toolsOf(0)).doesNotContain("mcp__");
                JsonNode init = run.events.awaitMessage(m -> "init".equals(m.subtype())).tree();
                assertThat(init.at("/mcp_servers/0/status").asText()).isEqualTo("needs-auth");

                ObjectNode started =
                        run.control(
                                Json.object()
                                        .put("subtype", "mcp_authenticate")
                                        .put("serverName", "loop"));
                logIn(started.at("/response/authUrl").asText());
                Awaitility.await()
                        .atMost(Patience.LIMIT)
                        .until(() ->
                                run.control(Json.object().put("subtype", "mcp_status"))
                                        .at("/response/mcpServers/0/status")
                                        .asText()
                                        .equals("connected"));

                assertThat(run.turn("more").path("result").asText()).isEqualTo("Two");
                assertThat(run.toolResults()).containsExactly("Done");
                assertThat(run.events.messages().toString()).doesNotContain("loopback-token");
            }
        }
        Path logins = temp.resolve("data/mcp-logins.json");
        assertThat(logins).content().contains("loopback-token");
        assertThat(FileRights.of(logins).writableByOthers()).isFalse();
    }

    private static void logIn(String address) throws Exception {
        try (HttpClient browser =
                HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build()) {
            var page =
                    browser.send(
                            HttpRequest.newBuilder(URI.create(address)).build(),
                            BodyHandlers.ofString());
            assertThat(page.body()).contains("You are logged in");
        }
    }

    @Test
    void aPromptOfAServerIsACommand() throws Exception {
        configure(temp.resolve("data/mcp.json"), "own", StdioMcpServer.configuration("full"));
        api.enqueue(FakeReply.text("Hello Ada"));
        try (AgentRun run = new AgentRun(agents, folder, null)) {
            assertThat(run.turn("/mcp__own__greet Ada warmly").path("result").asText())
                    .isEqualTo("Hello Ada");
            assertThat(api.requests().getFirst().lastUserText())
                    .contains("Greet with", "Ada", "warmly");
            JsonNode init = run.events.awaitMessage(m -> "init".equals(m.subtype())).tree();
            assertThat(init.path("slash_commands").toString()).contains("mcp__own__greet");
            assertThat(init.path("tools").toString())
                    .contains("ListMcpResourcesTool", "ReadMcpResourceTool");
        }
    }

    @Test
    void aResourceThatAPromptMentionsIsSent() throws Exception {
        configure(temp.resolve("data/mcp.json"), "own", StdioMcpServer.configuration("full"));
        api.enqueue(FakeReply.text("Seen"));
        try (AgentRun run = new AgentRun(agents, folder, null)) {
            run.turn("What is in @own:note://1?");
            assertThat(api.requests().getFirst().lastUserText()).contains("The note note://1");
        }
    }

    @Test
    void aServerAsksTheUserInACall() throws Exception {
        configure(
                temp.resolve("data/mcp.json"),
                "desk",
                Json.mapper().valueToTree(ElicitingMcpServer.configuration()));
        Files.createDirectories(temp.resolve("home/.claude"));
        Files.writeString(
                temp.resolve("home/.claude/settings.json"),
                "{\"permissions\":{\"allow\":[\"mcp__desk__ask\"]}}");
        api.enqueue(FakeReply.toolUse("mcp__desk__ask", "{}"), FakeReply.text("Done"));
        try (AgentRun run = new AgentRun(agents, folder, null)) {
            run.send("go");
            Message ask = run.events.awaitAsk(1);
            JsonNode request = ask.tree().path("request");
            assertThat(request.path("subtype").asText()).isEqualTo("elicitation");
            assertThat(request.path("mcp_server_name").asText()).isEqualTo("desk");
            ObjectNode answer = Json.object().put("action", "accept");
            answer.putObject("content").put("name", "Ada");
            run.reply(ask, answer);

            assertThat(run.finish().path("result").asText()).isEqualTo("Done");
            assertThat(run.toolResults().getFirst()).contains("accept", "Ada");
        }
    }
}
