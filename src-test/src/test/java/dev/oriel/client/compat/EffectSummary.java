package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a tongue made of frames, in short words that a test can list.
public final class EffectSummary {
    private EffectSummary() {}

    public static String frame(String loose) {
        return loose.replace('\'', '"');
    }

    static JsonNode json(String loose) {
        try {
            return Json.mapper().readTree(frame(loose));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> summarize(List<ProtocolEffect> events) {
        List<String> words = new ArrayList<>();
        for (ProtocolEffect event : events) {
            words.add(
                    switch (event) {
                        case ProtocolEffect.Said(_, Message m) -> describe(m);
                        case ProtocolEffect.Send(String text) -> "> " + text;
                        case ProtocolEffect.Trouble(String why) -> "trouble " + why;
                        case ProtocolEffect.Ignored(String why) -> "ignored " + why;
                        case ProtocolEffect.Rejected(String name, String why) ->
                                "rejected " + name + " " + why;
                        case ProtocolEffect.Listed(List<ProtocolEffect.Known> all) ->
                                "listed " + all.size();
                        default -> event.getClass().getSimpleName().toLowerCase(Locale.ROOT);
                    });
        }
        return words;
    }

    public static String describe(Message m) {
        JsonNode tree = m.tree();
        return switch (m.type()) {
            case "assistant", "user" -> {
                StringBuilder all = new StringBuilder();
                JsonNode content = tree.path("message").path("content");
                if (content.isTextual()) {
                    yield "prompt " + content.textValue();
                }
                for (JsonNode b : content) {
                    all.append(all.isEmpty() ? "" : " + ")
                            .append(
                                    switch (b.path("type").asText()) {
                                        case "text" -> "text " + b.path("text").asText();
                                        case "tool_use" ->
                                                "use " + b.path("name").asText() + b.path("input");
                                        case "tool_result" -> "gave " + b.path("content").asText();
                                        default -> b.path("type").asText();
                                    });
                }
                yield all.toString();
            }
            case "result" ->
                    tree.path("is_error").asBoolean()
                            ? tree.has("terminal_reason")
                                    ? "interrupted"
                                    : "failed " + tree.path("result").asText()
                            : "result";
            case "control_request" -> "ask " + tree.path("request").path("tool_name").asText();
            case "control_cancel_request" -> "withdrawn " + m.requestId();
            default -> m.type() + " " + m.subtype();
        };
    }
}
