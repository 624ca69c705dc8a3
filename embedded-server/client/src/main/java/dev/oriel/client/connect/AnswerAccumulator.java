package dev.oriel.client.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.BlockType;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.PartialAnswer;
import dev.oriel.message.StreamEventType;

/// The text of an answer as it arrives, each piece once: text that was streamed is not returned
/// again when its whole block arrives. Subagents are left out. Not thread-safe.
final class AnswerAccumulator {
    private final PartialAnswer answer = new PartialAnswer();
    private boolean anyText;

    /// True if a blank line separates the next piece from the text before it.
    private boolean gap;

    /// @return the text that the message adds; mostly empty
    String append(Message message) {
        if (!message.is(MessageType.STREAM_EVENT) && !message.is(MessageType.ASSISTANT)) {
            return "";
        }
        JsonNode tree = message.tree();
        if (tree.path("parent_tool_use_id").isTextual()) {
            return "";
        }
        return message.is(MessageType.ASSISTANT)
                ? whole(tree.path("message"))
                : delta(tree.path("event"));
    }

    private String delta(JsonNode event) {
        answer.apply(event);
        String type = event.path("type").asText();
        if (type.equals(StreamEventType.CONTENT_BLOCK_START)) {
            gap = anyText;
        }
        String more = event.path("delta").path("text").asText("");
        return type.equals(StreamEventType.CONTENT_BLOCK_DELTA) && !more.isEmpty()
                ? piece(more)
                : "";
    }

    private String whole(JsonNode message) {
        String id = message.path("id").asText();
        StringBuilder all = new StringBuilder();
        for (JsonNode block : message.path("content")) {
            boolean streamed = answer.complete(id, block).filter(b -> b.length() > 0).isPresent();
            String text = block.path("text").asText("");
            if (BlockType.TEXT.equals(block.path("type").asText())
                    && !text.isEmpty()
                    && !streamed) {
                gap = anyText;
                all.append(piece(text));
            }
        }
        return all.toString();
    }

    private String piece(String text) {
        String before = gap ? "\n\n" : "";
        gap = false;
        anyText = true;
        return before + text;
    }
}
