package dev.oriel.agent.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.command.Commands;
import dev.oriel.agent.api.tool.FileChangeListener;
import dev.oriel.agent.api.tool.ReadState;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import dev.oriel.testing.api.ScriptedMcpUser;
import dev.oriel.testing.api.StdioMcpServer;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.claude.ElicitingMcpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prompts, resources, questions and progress of MCP servers, and servers that misbehave.
class McpFeaturesTest {
    @TempDir Path folder;
    private final ScriptedMcpUser user = new ScriptedMcpUser();
    private final CancelScope cancel = new CancelScope();
    private final List<ObjectNode> emitted = new CopyOnWriteArrayList<>();
    private @Nullable McpConnections connections;

    @AfterEach
    void close() {
        if (connections != null) {
            connections.close();
        }
    }

    private McpConnections open(ObjectNode server) throws Exception {
        ObjectNode servers = Json.object();
        servers.set("notes", server);
        McpConnections opened =
                new McpConnections(
                        new McpSettings(
                                folder,
                                folder.resolve("data"),
                                folder,
                                true,
                                servers.toString(),
                                null,
                                ClientRequestHandler.NONE),
                        user);
        connections = opened;
        opened.tools(Patience.LIMIT);
        return opened;
    }

    private ToolOutcome call(McpConnections opened, String name, ObjectNode input)
            throws Exception {
        Tool tool =
                opened.tools(Patience.LIMIT).stream()
                        .filter(t -> t.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return tool.run(
                new ToolRequest("toolu_1", name, input),
                new ToolContext(
                        folder,
                        cancel,
                        new ReadState(),
                        FileChangeListener.NONE,
                        folder.resolve("private"),
                        emitted::add,
                        null));
    }

    private static JsonNode status(McpConnections opened) {
        return Objects.requireNonNull(opened.answer(Json.object().put("subtype", "mcp_status")))
                .at("/mcpServers/0");
    }

    @Test
    void promptsAreCommands() throws Exception {
        McpCommands commands =
                new McpCommands(Commands.NONE, open(StdioMcpServer.configuration("full")));

        assertThat(commands.list())
                .singleElement()
                .hasToString(
                        "{\"name\":\"mcp__notes__greet\",\"description\":\"Greets somebody\","
                                + "\"argumentHint\":\"<who> <how>\"}");
        Commands.Expansion expansion =
                Objects.requireNonNull(commands.expand("mcp__notes__greet", " Ada  very warmly "));
        assertThat(expansion.texts())
                .containsExactly(
                        """
                        <command-message>mcp__notes__greet</command-message>
                        <command-name>/mcp__notes__greet</command-name>
                        <command-args>Ada  very warmly</command-args>\
                        """,
                        "Greet with {\"who\":\"Ada\",\"how\":\"very warmly\"}");
        assertThat(expansion.allowedTools()).isEmpty();
        assertThat(commands.expand("mcp__notes__other", "")).isNull();
        assertThat(commands.expand("mcp__gone__greet", "")).isNull();
    }

    @Test
    void resourcesAreListedAndRead() throws Exception {
        McpConnections opened = open(StdioMcpServer.configuration("full"));

        ToolOutcome list = call(opened, "ListMcpResourcesTool", Json.object());
        assertThat(list.structured())
                .hasToString(
                        "[{\"uri\":\"note://1\",\"name\":\"First\",\"mimeType\":\"text/plain\","
                                + "\"server\":\"notes\"}]");
        assertThat(list.content().asText()).isEqualTo(list.structured().toString());

        ToolOutcome read =
                call(
                        opened,
                        "ReadMcpResourceTool",
                        Json.object().put("server", "notes").put("uri", "note://1"));
        JsonNode contents = read.structured().path("contents");
        assertThat(contents.at("/0/text").asText()).isEqualTo("The note note://1");
        Path saved = Path.of(contents.at("/1/blobSavedTo").asText());
        assertThat(saved).hasContent("hi").startsWith(folder.resolve("private"));

        ToolOutcome unknown =
                call(opened, "ListMcpResourcesTool", Json.object().put("server", "gone"));
        assertThat(unknown.content().asText())
                .contains("Server \"gone\" not found. Available servers: notes");
    }

    @Test
    void aServerWithoutResourcesHasNoToolsForThem() throws Exception {
        assertThat(open(StdioMcpServer.configuration()).tools(Patience.LIMIT))
                .extracting(Tool::name)
                .noneMatch(n -> n.contains("Resource"));
    }

    @Test
    void aPromptThatMentionsAResourceHasIt() throws Exception {
        McpConnections opened = open(StdioMcpServer.configuration("full"));
        Path files = folder.resolve("private");

        assertThat(opened.mentioned("What is in @notes:note://1, please?", files))
                .singleElement()
                .asString()
                .contains("resource note://1 of the MCP server notes", "The note note://1");
        assertThat(opened.mentioned("me@notes:note://1 @other:x @notes", files)).isEmpty();
    }

    @Test
    void aQuestionOfAServerIsAnsweredByTheUser() throws Exception {
        McpConnections opened = open(Json.mapper().valueToTree(ElicitingMcpServer.configuration()));
        ObjectNode answer = Json.object().put("action", "accept");
        answer.putObject("content").put("name", "Ada");
        user.answer(answer);

        ToolOutcome told = call(opened, "mcp__notes__ask", Json.object());

        assertThat(told.content().asText()).contains("\"action\":\"accept\"", "\"name\":\"Ada\"");
        ObjectNode question = user.questions.getFirst();
        assertThat(question.path("subtype").asText()).isEqualTo("elicitation");
        assertThat(question.path("mcp_server_name").asText()).isEqualTo("notes");
        assertThat(question.path("message").asText()).isEqualTo("Your name?");
        assertThat(question.at("/requested_schema/properties/name/type").asText())
                .isEqualTo("string");

        user.answer(Json.object().put("action", "decline"));
        assertThat(call(opened, "mcp__notes__ask", Json.object()).content().asText())
                .contains("\"action\":\"decline\"");
    }

    @Test
    void aQuestionCanNameAPage() throws Exception {
        McpConnections opened = open(Json.mapper().valueToTree(ElicitingMcpServer.configuration()));
        ObjectNode input = Json.object();
        input.putObject("elicit")
                .put("mode", "url")
                .put("elicitationId", "e-1")
                .put("message", "Log in")
                .put("url", "https://shop.example/login");
        user.answer(Json.object().put("action", "accept"));

        assertThat(call(opened, "mcp__notes__ask", input).content().asText())
                .contains("\"action\":\"accept\"");
        ObjectNode question = user.questions.getFirst();
        assertThat(question.path("url").asText()).isEqualTo("https://shop.example/login");
        assertThat(question.path("elicitation_id").asText()).isEqualTo("e-1");
    }

    @Test
    void anInterruptEndsAQuestion() throws Exception {
        McpConnections opened = open(Json.mapper().valueToTree(ElicitingMcpServer.configuration()));
        Thread.ofVirtual()
                .start(() -> {
                    Awaitility.await()
                            .atMost(Patience.LIMIT)
                            .until(() -> !user.questions.isEmpty());
                    cancel.cancel();
                });

        assertThatThrownBy(() -> call(opened, "mcp__notes__ask", Json.object()))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void theServerIsToldThatACallWasCancelled() throws Exception {
        McpConnections opened = open(StdioMcpServer.configuration("full"));
        Thread.ofVirtual()
                .start(() -> {
                    Awaitility.await()
                            .atMost(Patience.LIMIT)
                            .until(() -> user.stderr.contains("holding"));
                    cancel.cancel();
                });

        assertThatThrownBy(() -> call(opened, "mcp__notes__hold", Json.object()))
                .isInstanceOf(CancellationException.class);

        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() ->
                        user.stderr.stream()
                                .anyMatch(l ->
                                        l.startsWith("cancelled {\"requestId\":")
                                                || l.startsWith("cancelled {\"reason\":")));
    }

    @Test
    void progressIsReported() throws Exception {
        McpConnections opened = open(StdioMcpServer.configuration("full"));

        call(opened, "mcp__notes__progress", Json.object());

        Awaitility.await().atMost(Patience.LIMIT).until(() -> !emitted.isEmpty());
        ObjectNode line = emitted.getFirst();
        assertThat(line.path("type").asText()).isEqualTo("tool_progress");
        assertThat(line.path("tool_use_id").asText()).isEqualTo("toolu_1");
        assertThat(line.path("oriel_progress"))
                .hasToString("{\"progress\":1.0,\"total\":4.0,\"message\":\"One of four\"}");
    }

    @Test
    void toolsThatAreAddedLaterAreSeen() throws Exception {
        McpConnections opened = open(StdioMcpServer.configuration("full"));
        assertThat(opened.tools(Patience.LIMIT))
                .extracting(Tool::name)
                .doesNotContain("mcp__notes__learned");

        call(opened, "mcp__notes__learn", Json.object());

        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() ->
                        opened.tools(Patience.LIMIT).stream()
                                .anyMatch(t -> t.name().equals("mcp__notes__learned")));
    }

    @Test
    void aProgramThatDiesInACallIsStartedAgain() throws Exception {
        McpConnections opened = open(StdioMcpServer.configuration("full"));

        ToolOutcome outcome = call(opened, "mcp__notes__die", Json.object());

        assertThat(outcome).isInstanceOf(ToolOutcome.Fail.class);
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> status(opened).path("status").asText().equals("connected"));
        assertThat(call(opened, "mcp__notes__progress", Json.object()))
                .isInstanceOf(ToolOutcome.Ok.class);
    }

    @Test
    void aHostileServerHarmsNobody() throws Exception {
        McpConnections opened = open(StdioMcpServer.configuration("hostile"));

        List<Tool> tools = opened.tools(Patience.LIMIT);

        assertThat(status(opened).path("error").asText()).isEmpty();
        assertThat(tools).hasSizeGreaterThan(1_000);
        assertThat(tools.stream().map(Tool::name).distinct()).hasSameSizeAs(tools);
        assertThat(tools).allMatch(t -> t.name().matches("[A-Za-z0-9_-]{1,64}"));
        assertThat(tools).allMatch(t -> t.description().length() < 3_000);
        assertThat(tools).noneMatch(t -> t.inputSchema().path("type").asText().equals("string"));
        assertThat(call(opened, "mcp__notes__a_b", Json.object()))
                .isInstanceOf(ToolOutcome.Ok.class);
    }

    @Test
    void aMessageThatCannotBeReadEndsTheServerWithAReason() throws Exception {
        McpConnections opened = open(StdioMcpServer.configuration("deep"));

        assertThat(opened.tools(Patience.LIMIT)).isEmpty();
        assertThat(status(opened).path("status").asText()).isEqualTo("failed");
        assertThat(status(opened).path("error").asText())
                .isEqualTo("The server has sent a message that cannot be read.");
    }

    @Test
    void aServerThatCannotBeStartedIsNoObstacle() throws Exception {
        Files.writeString(folder.resolve("no-program"), "x");
        McpConnections opened =
                open(Json.object().put("command", folder.resolve("no-program").toString()));

        assertThat(status(opened).path("status").asText()).isEqualTo("failed");
        assertThat(new McpCommands(Commands.NONE, opened).list()).isEmpty();
    }
}
