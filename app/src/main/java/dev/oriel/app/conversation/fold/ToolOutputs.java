package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.conversation.item.ToolDetail;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.app.media.MediaBlocks;
import dev.oriel.message.Json;

/// Reads the result of a tool call.
final class ToolOutputs {
    private ToolOutputs() {}

    /// @param block a `tool_result` of any kind
    /// @param tree the message with the block; its `tool_use_result` is an object, a list, a
    ///   string, or missing
    static ToolOutput of(JsonNode block, JsonNode tree) {
        JsonNode structured = tree.path("tool_use_result");
        ToolResultContent content = ToolResultContent.of(block.path("content"));
        ToolDetail detail = ToolDetails.of(block, structured);
        return new ToolOutput(
                Truncation.truncateMiddle(text(content, detail, structured)),
                detail,
                MediaBlocks.describe(tree, block.path("content"), MessageFields.seq(tree)),
                RawJson.of(whole(block, structured)),
                MessageFields.seq(tree));
    }

    /// What the user reads. For the model, the CLI adds line numbers to files, and replaces long
    /// output of a command by its start.
    private static String text(ToolResultContent content, ToolDetail detail, JsonNode structured) {
        return switch (detail) {
            case ToolDetail.FileRead _ when structured.path("file").path("content").isTextual() ->
                    structured.path("file").path("content").textValue();
            case ToolDetail.Command c when !c.savedTo().isEmpty() || !c.stderr().isEmpty() ->
                    MessageFields.text(structured, "stdout");
            default -> content.text();
        };
    }

    private static JsonNode whole(JsonNode block, JsonNode structured) {
        if (structured.isMissingNode() || structured.isNull()) {
            return block;
        }
        ObjectNode both = Json.object();
        both.set("tool_result", block);
        both.set("tool_use_result", structured);
        return both;
    }
}
