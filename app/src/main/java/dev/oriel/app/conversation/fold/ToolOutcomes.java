package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.ToolState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads from its result how a tool call ended.
final class ToolOutcomes {
    private ToolOutcomes() {}

    /// @param tree the message with the `tool_result`
    static ToolState stateOf(String id, JsonNode block, JsonNode tree) {
        if (tree.path("tool_use_result").path("interrupted").asBoolean()) {
            return new ToolState.Stopped();
        }
        boolean error =
                block.path("is_error").asBoolean()
                        || ToolResultContent.of(block.path("content")).failed();
        if (error && denied(id, tree)) {
            return new ToolState.Denied();
        }
        return error ? new ToolState.Failed(null) : new ToolState.Ok(null);
    }

    private static boolean denied(String id, JsonNode tree) {
        for (JsonNode meta : tree.path("tool_result_meta")) {
            if (MessageFields.text(meta, "id").equals(id)) {
                String decision = MessageFields.text(meta.path("permission_decision"), "decision");
                return decision.equals("reject") || decision.equals("deny");
            }
        }
        return false;
    }

    static ToolState withDuration(ToolState state, @Nullable Duration took) {
        return switch (state) {
            case ToolState.Ok _ -> new ToolState.Ok(took);
            case ToolState.Failed _ -> new ToolState.Failed(took);
            case ToolState.Running _, ToolState.Denied _, ToolState.Stopped _ -> state;
        };
    }
}
