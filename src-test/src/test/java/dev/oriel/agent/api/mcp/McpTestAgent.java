package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.KeyStore;
import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.tool.FileChangeListener;
import dev.oriel.agent.api.tool.ReadState;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import dev.oriel.testing.api.ScriptedMcpUser;
import dev.oriel.testing.await.Patience;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// What an agent has to do with one MCP server, `notes`.
final class McpTestAgent implements AutoCloseable {
    final ScriptedMcpUser user = new ScriptedMcpUser();
    final CancelScope cancel = new CancelScope();
    final List<ObjectNode> emitted = new CopyOnWriteArrayList<>();
    final McpConnections servers;
    private final Path folder;

    /// Connects to the server.
    McpTestAgent(Path folder, ObjectNode server, @Nullable KeyStore keys)
            throws InterruptedException {
        this.folder = folder;
        ObjectNode named = Json.object();
        named.set("notes", server);
        servers =
                new McpConnections(
                        new McpSettings(
                                folder,
                                folder.resolve("data"),
                                folder,
                                true,
                                named.toString(),
                                keys,
                                ClientRequestHandler.NONE),
                        user);
        servers.tools(Patience.LIMIT);
    }

    List<Tool> tools() throws InterruptedException {
        return servers.tools(Patience.LIMIT);
    }

    List<String> names() throws InterruptedException {
        return tools().stream().map(Tool::name).toList();
    }

    void awaitTool(String name) {
        Awaitility.await().atMost(Patience.LIMIT).until(() -> names().contains(name));
    }

    ToolOutcome call(String name, ObjectNode input) throws InterruptedException {
        Tool tool = tools().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
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

    ObjectNode control(String subtype) {
        return Objects.requireNonNull(
                servers.answer(Json.object().put("subtype", subtype).put("serverName", "notes")));
    }

    /// What `mcp_status` says of the server.
    JsonNode status() {
        return control("mcp_status").at("/mcpServers/0");
    }

    void awaitStatus(String status) {
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> status().path("status").asText().equals(status));
    }

    @Override
    public void close() {
        servers.close();
    }
}
