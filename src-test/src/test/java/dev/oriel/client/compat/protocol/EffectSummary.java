package dev.oriel.client.compat.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.client.compat.protocol.ProtocolEffect.ListedSession;
import dev.oriel.message.BlockType;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Effects and messages as short texts that a test can list.
public final class EffectSummary {
    private EffectSummary() {}

    /// JSON from a text with single quotes.
    public static String frame(String loose) {
        return loose.replace('\'', '"');
    }

    /// A JSON tree from a text with single quotes.
    public static JsonNode json(String loose) {
        try {
            return Json.mapper().readTree(frame(loose));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> summarize(List<ProtocolEffect> effects) {
        return effects.stream().map(EffectSummary::summarize).toList();
    }

    private static String summarize(ProtocolEffect effect) {
        return switch (effect) {
            case ProtocolEffect.Accept _ -> "accept";
            case ProtocolEffect.SendFrame(String text) -> "> " + text;
            case ProtocolEffect.ReplaceConnection _ -> "replace connection";
            case ProtocolEffect.Publish(_, Message m) -> describe(m);
            case ProtocolEffect.StartTurn _ -> "start turn";
            case ProtocolEffect.FinishTurn _ -> "finish turn";
            case ProtocolEffect.ConfirmInterrupt _ -> "confirm interrupt";
            case ProtocolEffect.AddSession(ListedSession s) -> "add " + s.id();
            case ProtocolEffect.ReplaceSessions(List<ListedSession> all) ->
                    "sessions " + all.size();
            case ProtocolEffect.RemoveSession(String name) -> ("remove " + name).strip();
            case ProtocolEffect.RejectRequest(String name, String cause) ->
                    "reject " + name + " " + cause;
            case ProtocolEffect.ReportProblem(String problem) -> "problem " + problem;
            case ProtocolEffect.Note(String text) -> "note " + text;
        };
    }

    /// A message in a few words.
    public static String describe(Message m) {
        JsonNode tree = m.tree();
        return switch (m.type()) {
            case MessageType.ASSISTANT, MessageType.USER -> {
                JsonNode content = tree.path("message").path("content");
                if (content.isTextual()) {
                    yield "prompt " + content.textValue();
                }
                StringBuilder all = new StringBuilder();
                for (JsonNode b : content) {
                    all.append(all.isEmpty() ? "" : " + ").append(describeBlock(b));
                }
                yield all.toString();
            }
            case MessageType.RESULT ->
                    !tree.path("is_error").asBoolean()
                            ? "result"
                            : tree.has("terminal_reason")
                                    ? "interrupted"
                                    : "failed " + tree.path("result").asText();
            case MessageType.CONTROL_REQUEST ->
                    "ask " + tree.path("request").path("tool_name").asText();
            case MessageType.CONTROL_CANCEL_REQUEST -> "withdrawn " + m.requestId();
            default -> m.type() + " " + m.subtype();
        };
    }

    private static String describeBlock(JsonNode block) {
        return switch (block.path("type").asText()) {
            case BlockType.TEXT -> "text " + block.path("text").asText();
            case BlockType.TOOL_USE -> "call " + block.path("name").asText() + block.path("input");
            case BlockType.TOOL_RESULT -> "result of tool " + block.path("content").asText();
            default -> block.path("type").asText();
        };
    }
}
