package dev.oriel.agent.api.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.wire.MessagesApi.SseEvent;
import dev.oriel.agent.api.wire.MessagesApi.StreamListener;
import dev.oriel.message.Json;
import java.util.List;

/// Collects the text of one response. Used by one thread.
final class SummaryListener implements StreamListener {
    private static final int MAX_TEXT = 400_000;

    private final StringBuilder text = new StringBuilder();
    private final ObjectNode usage = Json.object();
    private boolean isComplete;

    @Override
    public void onResponse(String requestId) {}

    @Override
    public void onEvents(List<SseEvent> events) {
        events.forEach(this::onEvent);
    }

    private void onEvent(SseEvent event) {
        JsonNode json = event.tree();
        switch (event.type()) {
            case "message_start" -> addUsage(json.path("message").path("usage"));
            case "content_block_delta" -> {
                if (text.length() < MAX_TEXT) {
                    text.append(json.path("delta").path("text").asText());
                }
            }
            case "message_delta" -> {
                addUsage(json.path("usage"));
                isComplete = json.path("delta").path("stop_reason").isTextual();
            }
            default -> {
                // No text.
            }
        }
    }

    private void addUsage(JsonNode more) {
        more.properties().forEach(e -> usage.set(e.getKey(), e.getValue()));
    }

    /// Whether the response has ended regularly.
    boolean isComplete() {
        return isComplete;
    }

    ObjectNode usage() {
        return usage;
    }

    /// The summary; blank if the response has none.
    String summary() {
        String all = text.toString();
        int start = all.indexOf("<summary>");
        int end = all.lastIndexOf("</summary>");
        return start < 0
                ? all.strip()
                : all.substring(start + "<summary>".length(), end > start ? end : all.length())
                        .strip();
    }
}
