package dev.oriel.client.compat.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.compat.protocol.ProtocolEffect.FinishTurn;
import dev.oriel.client.compat.protocol.ProtocolEffect.Publish;
import dev.oriel.message.ControlMessages;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One turn of a manager's session: publishes each text once, though some servers repeat the whole
/// of it at its end. Immutable.
///
/// @param idPrefix prefix of the ids of its messages
/// @param started whether the server has shown that it works on it
/// @param messageId of the text that is being received; empty where the server sends none
/// @param text the text of that message so far
/// @param tools ids of the tools that were called, and whose results are missing
/// @param asks ids of the asks that were received
/// @param count of messages and tools so far, for ids
record ManagerTurn(
        String session,
        String idPrefix,
        boolean started,
        String messageId,
        String text,
        List<String> tools,
        List<String> asks,
        int count) {
    private static final String NO_RESULT = "This server does not send the results of tools.";

    ManagerTurn {
        tools = List.copyOf(tools);
        asks = List.copyOf(asks);
    }

    /// A turn before the server has shown anything of it.
    static ManagerTurn of(String session, String idPrefix) {
        return new ManagerTurn(session, idPrefix, false, "", "", List.of(), List.of(), 0);
    }

    /// The turn after the server has shown that it works on it.
    ManagerTurn withStarted() {
        return new ManagerTurn(session, idPrefix, true, messageId, text, tools, asks, count);
    }

    /// The turn after a frame, and what the frame means.
    record Step(ManagerTurn turn, List<ProtocolEffect> effects) {}

    /// The turn after a frame of it.
    Step onFrame(String type, ObjectNode frame) {
        ManagerTurn now = withStarted();
        return switch (type) {
            case "agent_thinking" ->
                    new Step(
                            now,
                            frame.path("thinking").asBoolean()
                                    ? List.of(publish(CliMessages.requesting()))
                                    : List.of());
            case "agent_message" -> now.onText(frame);
            case "agent_tool_use" -> now.onTool(frame);
            default -> now.onAsk(frame);
        };
    }

    private ProtocolEffect publish(Message message) {
        return new Publish(session, message);
    }

    private Step onText(ObjectNode frame) {
        if (!frame.path("content").isTextual()) {
            return new Step(this, List.of(ProtocolAdapter.ignored("agent_message without a text")));
        }
        String content = frame.path("content").textValue();
        boolean complete = frame.path("complete").asBoolean();
        String ofMessage = frame.path("message_id").asText("");
        String before = ofMessage.equals(messageId) ? text : "";
        String missing =
                !complete
                        ? content
                        : content.startsWith(before) ? content.substring(before.length()) : "";
        ManagerTurn next = withText(ofMessage, complete ? "" : before + content);
        if (missing.isBlank()) {
            return new Step(next, List.of());
        }
        List<ProtocolEffect> effects = new ArrayList<>(next.missingResults());
        effects.add(
                publish(
                        CliMessages.assistant(
                                idPrefix + "-" + (count + 1), CliMessages.textBlock(missing))));
        return new Step(next.withTools(List.of()).counted(), effects);
    }

    private ManagerTurn withText(String ofMessage, String now) {
        return new ManagerTurn(session, idPrefix, started, ofMessage, now, tools, asks, count);
    }

    private ManagerTurn withTools(List<String> now) {
        return new ManagerTurn(session, idPrefix, started, messageId, text, now, asks, count);
    }

    private ManagerTurn counted() {
        return new ManagerTurn(session, idPrefix, started, messageId, text, tools, asks, count + 1);
    }

    private Step onTool(ObjectNode frame) {
        ManagerTurn next = frame.hasNonNull("tool_use_id") ? this : counted();
        String toolUseId = frame.path("tool_use_id").asText(idPrefix + "-tool-" + next.count);
        if (tools.contains(toolUseId)) {
            return new Step(next, List.of());
        }
        next = next.counted();
        JsonNode input =
                frame.hasNonNull("parameters") ? frame.get("parameters") : frame.path("input");
        ObjectNode call = CliMessages.toolUse(toolUseId, frame.path("tool").asText("Tool"), input);
        List<ProtocolEffect> effects = new ArrayList<>();
        effects.add(publish(CliMessages.assistant(idPrefix + "-" + next.count, call)));
        if (frame.hasNonNull("result")) {
            effects.add(results(List.of(toolUseId), frame.get("result")));
            return new Step(next, effects);
        }
        List<String> open = new ArrayList<>(tools);
        open.add(toolUseId);
        return new Step(next.withTools(open), effects);
    }

    private List<ProtocolEffect> missingResults() {
        return tools.isEmpty()
                ? List.of()
                : List.of(results(tools, Json.mapper().getNodeFactory().textNode(NO_RESULT)));
    }

    private ProtocolEffect results(List<String> toolUseIds, JsonNode result) {
        JsonNode content =
                result.isTextual()
                        ? result
                        : Json.mapper().getNodeFactory().textNode(result.toString());
        ArrayNode blocks = Json.mapper().createArrayNode();
        toolUseIds.forEach(t -> blocks.add(CliMessages.toolResult(t, content, false)));
        return publish(CliMessages.toolResults(blocks));
    }

    private Step onAsk(ObjectNode frame) {
        String requestId = frame.path("request_id").asText();
        ObjectNode request =
                Json.object()
                        .put("subtype", ControlSubtype.CAN_USE_TOOL)
                        .put("tool_name", frame.path("tool").asText("Tool"))
                        // This wire has no rules for later calls.
                        .put("suppress_always_allow_rule", true);
        JsonNode input = frame.path("parameters");
        request.set("input", input.isObject() ? input : Json.object());
        if (frame.path("description").isTextual()) {
            request.set("description", frame.path("description"));
        }
        List<String> open = new ArrayList<>(asks);
        open.remove(requestId);
        open.add(requestId);
        return new Step(
                new ManagerTurn(session, idPrefix, started, messageId, text, tools, open, count),
                List.of(publish(ControlMessages.request(requestId, request))));
    }

    /// What the end of the turn means.
    ///
    /// @param failure why it failed; null if it did not
    List<ProtocolEffect> finish(@Nullable String failure) {
        List<ProtocolEffect> effects = new ArrayList<>(missingResults());
        asks.forEach(a -> effects.add(publish(ControlMessages.cancel(a))));
        effects.add(publish(failure == null ? CliMessages.done() : CliMessages.failed(failure)));
        effects.add(new FinishTurn(session));
        return effects;
    }
}
