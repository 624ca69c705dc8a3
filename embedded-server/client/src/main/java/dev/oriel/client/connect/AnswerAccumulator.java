package dev.oriel.client.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Message;

/// The text of an answer as it grows, each piece once: what came as deltas is not said again when
/// the whole block comes. Subagents are left out. Not thread-safe.
final class AnswerAccumulator {
    private String current = "";

    /// Whether text of the open block has come in deltas.
    private boolean streamed;

    private boolean something;
    private boolean gap;

    /// @return what the message adds to the text; mostly nothing
    String append(Message message) {
        if (!message.is("stream_event") && !message.is("assistant")) {
            return "";
        }
        JsonNode tree = message.tree();
        if (tree.path("parent_tool_use_id").isTextual()) {
            return "";
        }
        return message.is("assistant") ? whole(tree.path("message")) : delta(tree.path("event"));
    }

    private String delta(JsonNode event) {
        switch (event.path("type").asText()) {
            case "message_start" -> {
                current = event.path("message").path("id").asText();
                streamed = false;
            }
            case "content_block_start" -> {
                gap = something;
                streamed = false;
            }
            case "content_block_delta" -> {
                String more = event.path("delta").path("text").asText("");
                if (!more.isEmpty()) {
                    streamed = true;
                    return said(more);
                }
            }
            default -> {
                // Says nothing.
            }
        }
        return "";
    }

    private String whole(JsonNode message) {
        boolean known = streamed && current.equals(message.path("id").asText());
        StringBuilder all = new StringBuilder();
        for (JsonNode block : message.path("content")) {
            String text = block.path("text").asText("");
            if ("text".equals(block.path("type").asText()) && !text.isEmpty()) {
                streamed = false;
                if (known) {
                    known = false;
                    continue;
                }
                gap = something;
                all.append(said(text));
            }
        }
        return all.toString();
    }

    private String said(String text) {
        String before = gap ? "\n\n" : "";
        gap = false;
        something = true;
        return before + text;
    }
}
