package dev.oriel.agent.api.turn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was received of one response.
///
/// @param blocks the complete content blocks
/// @param calls the complete `tool_use` blocks
/// @param stopReason null if the response did not end
/// @param usage the last known `usage`
/// @param isCut whether a block was left out because it was not complete
record ModelAnswer(
        List<ObjectNode> blocks,
        List<Call> calls,
        @Nullable String stopReason,
        ObjectNode usage,
        boolean isCut) {

    ModelAnswer {
        blocks = List.copyOf(blocks);
        calls = List.copyOf(calls);
    }

    /// The last text block; empty if there is none.
    String text() {
        for (ObjectNode block : blocks.reversed()) {
            if (block.path("type").asText().equals("text")) {
                return block.path("text").asText();
            }
        }
        return "";
    }

    /// Whether the user sees anything of it: not only thinking, or blank text.
    boolean isVisible() {
        return blocks.stream()
                .anyMatch(block ->
                        switch (block.path("type").asText()) {
                            case "text" -> !block.path("text").asText().isBlank();
                            case "thinking", "redacted_thinking" -> false;
                            default -> true;
                        });
    }

    /// A tool call of the model.
    ///
    /// @param input null if it is not a JSON object
    /// @param inputText the input as the model wrote it
    record Call(String id, String name, @Nullable ObjectNode input, String inputText) {}
}
