package dev.oriel.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ExternalTool;
import dev.oriel.agent.ToolHost;
import dev.oriel.agent.ToolResult;
import dev.oriel.message.Json;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/// The tools of a [ToolHost] as an MCP server for one agent.
///
/// **Life.** As long as its agent's. [#close()] cancels the calls that are under way.
///
/// **Threads.** Any; nothing blocks. Replies come on the thread that brought the request or the
/// tool's result.
public final class McpToolServer implements AutoCloseable {
    /// Without it the CLI keeps the tool's schema from the model until the model searches for it.
    private static final Map<String, Object> ALWAYS_LOAD = Map.of("anthropic/alwaysLoad", true);

    private final ToolHost host;
    private final McpAgentTransportProvider line;
    private final SchemaValidator schemas = new SchemaValidator();
    private final McpAsyncServer server;
    private final Map<String, ExternalTool> offered = new LinkedHashMap<>(); // guarded by this

    /// @param name as it says it itself
    /// @param out takes what the server says unasked: JSON-RPC notifications
    public McpToolServer(String name, String version, ToolHost host, Consumer<ObjectNode> out) {
        this.host = host;
        this.line = new McpAgentTransportProvider(out);
        this.server =
                McpServer.async(line)
                        .serverInfo(name, version)
                        .jsonMapper(new JacksonMcpJsonMapper(Json.mapper()))
                        .jsonSchemaValidator(schemas)
                        .capabilities(ServerCapabilities.builder().tools(true).build())
                        .build();
        adopt();
        line.discardNotification();
    }

    /// Takes a JSON-RPC message of the agent's.
    ///
    /// @param reply gets the answer, once, unless the agent cancels the request. A notification has
    ///   one as well: an empty result
    public void receive(JsonNode message, Consumer<ObjectNode> reply) {
        line.receive(message, reply);
    }

    /// The host has other tools now: the agent is told, if it has asked before.
    public void refresh() {
        adopt();
        line.sendNotification();
    }

    @Override
    public void close() {
        line.close();
    }

    private synchronized void adopt() {
        schemas.clearCache();
        Map<String, ExternalTool> now = new LinkedHashMap<>();
        host.tools().forEach(t -> now.put(t.name(), t));
        for (ExternalTool old : List.copyOf(offered.values())) {
            if (!old.equals(now.get(old.name()))) {
                server.removeTool(old.name()).block();
                offered.remove(old.name());
            }
        }
        for (ExternalTool tool : now.values()) {
            if (offered.putIfAbsent(tool.name(), tool) == null) {
                server.addTool(specification(tool)).block();
            }
        }
    }

    private AsyncToolSpecification specification(ExternalTool tool) {
        McpSchema.Tool said =
                McpSchema.Tool.builder(tool.name(), SchemaValidator.map(tool.schema()))
                        .description(tool.description())
                        .meta(ALWAYS_LOAD)
                        .build();
        return AsyncToolSpecification.builder()
                .tool(said)
                .callHandler((exchange, request) -> call(request))
                .build();
    }

    private Mono<CallToolResult> call(CallToolRequest request) {
        ObjectNode input =
                request.arguments() == null
                        ? Json.object()
                        : Json.mapper().valueToTree(request.arguments());
        return Mono.fromFuture(() -> host.call(request.name(), input)).map(McpToolServer::result);
    }

    private static CallToolResult result(ToolResult result) {
        return CallToolResult.builder()
                .addTextContent(result.text())
                .isError(result.isError())
                .build();
    }
}
