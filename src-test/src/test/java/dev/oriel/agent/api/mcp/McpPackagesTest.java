package dev.oriel.agent.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.command.Commands;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import dev.oriel.testing.process.NodeRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The reference servers of the Model Context Protocol, as npm has them.
class McpPackagesTest {
    private static final String PACKAGE = "@modelcontextprotocol/server-";

    @TempDir Path folder;

    private McpTestAgent open(String name, ObjectNode env, String... arguments) throws Exception {
        Path program = NodeRuntime.orSkip(PACKAGE + name).folder().resolve("dist/index.js");
        ObjectNode server = Json.object().put("command", "node");
        var args = server.putArray("args").add(program.toString());
        for (String argument : arguments) {
            args.add(argument);
        }
        server.set("env", env);
        return new McpTestAgent(folder, server, null);
    }

    @Test
    void everything() throws Exception {
        try (McpTestAgent agent = open("everything", Json.object(), "stdio")) {
            assertThat(agent.status().path("status").asText()).isEqualTo("connected");
            assertThat(
                            agent.call("mcp__notes__echo", Json.object().put("message", "hi"))
                                    .content()
                                    .asText())
                    .isEqualTo("Echo: hi");
            JsonNode image = agent.call("mcp__notes__get-tiny-image", Json.object()).content();
            assertThat(image.findValuesAsText("media_type")).containsExactly("image/png");
            ToolOutcome structured =
                    agent.call(
                            "mcp__notes__get-structured-content",
                            Json.object().put("location", "New York"));
            assertThat(structured.structured().path("structuredContent").has("temperature"))
                    .isTrue();

            agent.call(
                    "mcp__notes__trigger-long-running-operation",
                    Json.object().put("duration", 0.2).put("steps", 2));
            assertThat(agent.emitted.stream().map(l -> l.path("oriel_progress").path("total")))
                    .contains(Json.mapper().getNodeFactory().numberNode(2.0));

            agent.awaitTool("mcp__notes__trigger-elicitation-request");
            agent.user.answer(Json.object().put("action", "decline"));
            assertThat(
                            agent.call("mcp__notes__trigger-elicitation-request", Json.object())
                                    .content()
                                    .toString())
                    .containsIgnoringCase("declined");
            assertThat(agent.user.questions.getFirst().path("requested_schema").has("properties"))
                    .isTrue();

            JsonNode resources = agent.call("ListMcpResourcesTool", Json.object()).structured();
            assertThat(resources).isNotEmpty();
            ToolOutcome read =
                    agent.call(
                            "ReadMcpResourceTool",
                            Json.object()
                                    .put("server", "notes")
                                    .put("uri", resources.at("/0/uri").asText()));
            assertThat(read).isInstanceOf(ToolOutcome.Ok.class);

            McpCommands commands = new McpCommands(Commands.NONE, agent.servers);
            assertThat(commands.list().stream().map(c -> c.path("name").asText()))
                    .contains("mcp__notes__simple-prompt", "mcp__notes__args-prompt");
            assertThat(
                            Objects.requireNonNull(
                                            commands.expand("mcp__notes__args-prompt", "Bath UK"))
                                    .texts()
                                    .getLast())
                    .contains("Bath", "UK");
        }
    }

    @Test
    void filesystem() throws Exception {
        Path shared = Files.createDirectories(folder.resolve("shared")).toRealPath();
        Files.writeString(shared.resolve("a.txt"), "The oriel");
        try (McpTestAgent agent = open("filesystem", Json.object(), shared.toString())) {
            ToolOutcome read =
                    agent.call(
                            "mcp__notes__read_text_file",
                            Json.object().put("path", shared.resolve("a.txt").toString()));
            assertThat(read.content().asText()).isEqualTo("The oriel");
            agent.call(
                    "mcp__notes__write_file",
                    Json.object()
                            .put("path", shared.resolve("b.txt").toString())
                            .put("content", "A bay"));
            assertThat(shared.resolve("b.txt")).hasContent("A bay");
            ToolOutcome outside =
                    agent.call(
                            "mcp__notes__read_text_file", Json.object().put("path", "/etc/hosts"));
            assertThat(outside).isInstanceOf(ToolOutcome.Fail.class);
        }
    }

    @Test
    void memory() throws Exception {
        ObjectNode env =
                Json.object().put("MEMORY_FILE_PATH", folder.resolve("memory.jsonl").toString());
        try (McpTestAgent agent = open("memory", env)) {
            ObjectNode input = Json.object();
            input.putArray("entities")
                    .addObject()
                    .put("name", "Oriel")
                    .put("entityType", "window")
                    .putArray("observations")
                    .add("A bay window");
            agent.call("mcp__notes__create_entities", input);

            ToolOutcome graph = agent.call("mcp__notes__read_graph", Json.object());
            assertThat(graph.content().toString()).contains("A bay window");
        }
        assertThat(folder.resolve("memory.jsonl")).content().contains("Oriel");
    }
}
