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

/// An MCP server that offers the tools of a [ToolHost] to one agent.
///
/// **Life cycle.** One instance per agent. [#close()] cancels the pending calls.
///
/// **Threads.** Thread-safe; no method blocks. Replies are passed on the thread that delivered the
/// request or the tool's result.
public final class McpToolServer implements AutoCloseable {
    /// Without this member the CLI hides the tool's schema from the model until the model searches
    /// for the tool.
    private static final Map<String, Object> ALWAYS_LOAD = Map.of("anthropic/alwaysLoad", true);

    private final ToolHost host;
    private final McpAgentTransportProvider transport;
    private final SchemaValidator schemas = new SchemaValidator();
    private final McpAsyncServer server;
    private final Map<String, ExternalTool> offered = new LinkedHashMap<>(); // guarded by this

    /// @param name the server's name in `serverInfo`
    /// @param version the server's version in `serverInfo`
    /// @param out receives the server's JSON-RPC notifications
    public McpToolServer(String name, String version, ToolHost host, Consumer<ObjectNode> out) {
        this.host = host;
        this.transport = new McpAgentTransportProvider(out);
        this.server =
                McpServer.async(transport)
                        .serverInfo(name, version)
                        .jsonMapper(new JacksonMcpJsonMapper(Json.mapper()))
                        .jsonSchemaValidator(schemas)
                        .capabilities(ServerCapabilities.builder().tools(true).build())
                        .build();
        updateTools();
        transport.discardNotification();
    }

    /// Receives a JSON-RPC message of the agent.
    ///
    /// @param reply receives the response exactly once, unless the agent cancels the request; for a
    ///   notification it receives an empty result
    public void receive(JsonNode message, Consumer<ObjectNode> reply) {
        transport.receive(message, reply);
    }

    /// Updates the tools from the host and notifies the agent, if the agent has initialized.
    public void refresh() {
        updateTools();
        transport.sendNotification();
    }

    @Override
    public void close() {
        transport.close();
    }

    private synchronized void updateTools() {
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
        McpSchema.Tool definition =
                McpSchema.Tool.builder(tool.name(), SchemaValidator.map(tool.schema()))
                        .description(tool.description())
                        .meta(ALWAYS_LOAD)
                        .build();
        return AsyncToolSpecification.builder()
                .tool(definition)
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
