package dev.oriel.agent.api.turn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.model.ModelInfo;
import dev.oriel.agent.api.tool.ToolCatalog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the requests of a turn have besides the conversation. Determined anew for each request: a
/// client can change the model in mid-turn.
///
/// @param system blocks of the system prompt, with their cache marker
/// @param thinking the `thinking` member of requests; null to leave it out
/// @param effort null for the API's default
public record TurnSettings(
        ModelInfo model,
        int maxTokens,
        List<ObjectNode> system,
        ToolCatalog tools,
        @Nullable ObjectNode thinking,
        @Nullable String effort) {

    public TurnSettings {
        system = List.copyOf(system);
    }
}
