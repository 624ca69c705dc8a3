package dev.oriel.agent.api.tool.other;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.wire.MessagesApi.SseEvent;
import dev.oriel.agent.api.wire.MessagesApi.StreamListener;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.util.List;

/// Collects the texts and the results of searches of one streamed response. Confined to the thread
/// of the request.
final class SearchAnswer implements StreamListener {
    private final ArrayNode results = Json.mapper().createArrayNode();
    private final StringBuilder text = new StringBuilder();
    private int searches;

    @Override
    public void onResponse(String requestId) {
        // Only the content matters.
    }

    @Override
    public void onEvents(List<SseEvent> events) {
        for (SseEvent event : events) {
            try {
                onEvent(event.type(), Json.parseObject(event.json()));
            } catch (MalformedMessageException e) {
                throw new IllegalStateException("an event is a JSON object", e);
            }
        }
    }

    private void onEvent(String type, ObjectNode event) {
        switch (type) {
            case "content_block_start" -> onBlock(event.path("content_block"));
            case "content_block_delta" -> text.append(event.path("delta").path("text").asText(""));
            case "message_stop" -> endText();
            default -> {
                // Says nothing about the results.
            }
        }
    }

    private void onBlock(JsonNode block) {
        switch (block.path("type").asText()) {
            case "text" -> text.append(block.path("text").asText(""));
            case "server_tool_use" -> {
                endText();
                searches++;
            }
            case "web_search_tool_result" -> {
                endText();
                onResult(block);
            }
            default -> {
                // For example thoughts.
            }
        }
    }

    private void onResult(JsonNode block) {
        JsonNode content = block.path("content");
        if (!content.isArray()) {
            results.add("Web search error: " + content.path("error_code").asText("unknown"));
            return;
        }
        ObjectNode result = Json.object().put("tool_use_id", block.path("tool_use_id").asText());
        ArrayNode links = result.putArray("content");
        for (JsonNode page : content) {
            links.addObject()
                    .put("title", page.path("title").asText())
                    .put("url", page.path("url").asText());
        }
        results.add(result);
    }

    private void endText() {
        String whole = text.toString().strip();
        if (!whole.isEmpty()) {
            results.add(whole);
        }
        text.setLength(0);
    }

    /// Texts, and `{"tool_use_id":…, "content":[{"title":…, "url":…}]}`, in order.
    ArrayNode results() {
        endText();
        return results;
    }

    int searches() {
        return searches;
    }
}
