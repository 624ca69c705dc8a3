package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.mcp.McpConnections;
import org.jspecify.annotations.Nullable;

/// Answers the control requests about MCP servers.
final class McpControls implements ControlExtension {
    private final McpConnections servers;

    McpControls(McpConnections servers) {
        this.servers = servers;
    }

    @Override
    public @Nullable ObjectNode answer(ObjectNode request) {
        return servers.answer(request);
    }

    @Override
    public ArrayNode mcpServers() {
        return servers.summary();
    }
}
