package dev.oriel.agent.api.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request for one response of a model. Immutable; do not change the trees.
///
/// @param model the model's id
/// @param maxTokens the limit of the response
/// @param system blocks of the system prompt, with their cache markers
/// @param tools definitions of tools, sorted by name, with the cache marker on the last
/// @param messages encoded JSON objects, `{"role":…,"content":[…]}`, with their cache markers
/// @param thinking the `thinking` member; null to leave it out
/// @param effort the effort level; null for the API's default
/// @param toolChoice the `tool_choice` member; null to leave it out
public record ApiRequest(
        String model,
        int maxTokens,
        List<ObjectNode> system,
        List<ObjectNode> tools,
        List<byte[]> messages,
        @Nullable ObjectNode thinking,
        @Nullable String effort,
        @Nullable ObjectNode toolChoice) {

    public ApiRequest {
        system = List.copyOf(system);
        tools = List.copyOf(tools);
        messages = List.copyOf(messages);
    }
}
