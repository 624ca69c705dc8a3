package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import org.jspecify.annotations.Nullable;

/// Answers the control requests about what an agent works with: MCP servers, tasks, files.
/// Thread-safe; answers may block.
interface ControlExtension {
    /// Answers none.
    ControlExtension NONE = _ -> null;

    /// @param request the inner request, with its `subtype`
    /// @return the inner response; null if there is no such request
    /// @throws IllegalArgumentException if it cannot be done; the message is for the user
    @Nullable ObjectNode answer(ObjectNode request);

    /// The MCP servers as `system/init` lists them.
    default ArrayNode mcpServers() {
        return Json.mapper().createArrayNode();
    }
}
