package dev.oriel.agent.api.tool.other;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolRequest;
import org.jspecify.annotations.Nullable;

/// What the user has answered to the ask of a tool call.
final class UserReply {
    private UserReply() {}

    /// A member of the input as the user has completed it.
    ///
    /// @return a missing node if there is none
    static JsonNode input(ToolRequest call, ToolContext context, String member) {
        JsonNode given = reply(context).path("updatedInput").path(member);
        return given.isMissingNode() ? call.input().path(member) : given;
    }

    /// The mode in which the user wants to go on; null if the reply names none.
    static @Nullable String mode(ToolContext context) {
        String mode = null;
        for (JsonNode update : reply(context).path("updatedPermissions")) {
            if (update.path("type").asText().equals("setMode")) {
                mode = update.path("mode").textValue();
            }
        }
        return mode;
    }

    private static JsonNode reply(ToolContext context) {
        return context.reply() == null ? MissingNode.getInstance() : context.reply();
    }
}
