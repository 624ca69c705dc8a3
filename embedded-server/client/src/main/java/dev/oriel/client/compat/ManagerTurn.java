package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One turn of a manager's session: puts each text into the conversation once, though some servers
/// send the whole of it again at its end.
final class ManagerTurn {
    private static final String NO_RESULT = "This server does not send what tools give.";

    private final String session;
    private final String id;
    private final List<String> texts = new ArrayList<>();
    private final Set<String> tools = new LinkedHashSet<>();
    private final Set<String> asks = new LinkedHashSet<>();
    private String messageId = "";
    private boolean begun;
    private int count;

    ManagerTurn(String session, String id) {
        this.session = session;
        this.id = id;
    }

    String session() {
        return session;
    }

    /// Whether the server has shown that it works on it.
    boolean begun() {
        return begun;
    }

    List<ProtocolEffect> heard(String type, ObjectNode frame) {
        begun = true;
        return switch (type) {
            case "agent_thinking" ->
                    frame.path("thinking").asBoolean() ? said(CliMessages.requesting()) : List.of();
            case "agent_message" -> text(frame);
            case "agent_tool_use" -> tool(frame);
            default -> ask(frame);
        };
    }

    private List<ProtocolEffect> said(Message message) {
        return List.of(new ProtocolEffect.Said(session, message));
    }

    private List<ProtocolEffect> text(ObjectNode frame) {
        if (!frame.path("content").isTextual()) {
            return ProtocolAdapter.ignored("agent_message without a text");
        }
        String said = frame.path("content").textValue();
        boolean complete = frame.path("complete").asBoolean();
        String of = frame.path("message_id").asText("");
        if (!of.equals(messageId)) {
            texts.clear();
            messageId = of;
        }
        String missing = complete ? missing(said) : said;
        if (complete) {
            texts.clear();
        } else {
            texts.add(said);
        }
        List<ProtocolEffect> events = new ArrayList<>();
        if (!missing.isBlank()) {
            events.addAll(toolsDone());
            events.addAll(
                    said(
                            CliMessages.assistant(
                                    id + "-" + ++count, CliMessages.textBlock(missing))));
        }
        return events;
    }

    /// What a closing text says that its parts have not.
    private String missing(String whole) {
        String parts = String.join("", texts);
        return whole.startsWith(parts) ? whole.substring(parts.length()) : "";
    }

    private List<ProtocolEffect> tool(ObjectNode frame) {
        String tool = frame.path("tool_use_id").asText(id + "-tool-" + ++count);
        if (!tools.add(tool)) {
            return List.of();
        }
        JsonNode input =
                frame.hasNonNull("parameters") ? frame.get("parameters") : frame.path("input");
        List<ProtocolEffect> events =
                new ArrayList<>(
                        said(
                                CliMessages.assistant(
                                        id + "-" + ++count,
                                        CliMessages.toolUse(
                                                tool, frame.path("tool").asText("Tool"), input))));
        if (frame.hasNonNull("result")) {
            tools.remove(tool);
            events.addAll(results(List.of(tool), frame.get("result")));
        }
        return events;
    }

    private List<ProtocolEffect> toolsDone() {
        if (tools.isEmpty()) {
            return List.of();
        }
        List<ProtocolEffect> events =
                results(List.copyOf(tools), Json.mapper().getNodeFactory().textNode(NO_RESULT));
        tools.clear();
        return events;
    }

    private List<ProtocolEffect> results(List<String> of, JsonNode result) {
        JsonNode content =
                result.isTextual()
                        ? result
                        : Json.mapper().getNodeFactory().textNode(result.toString());
        ArrayNode blocks = Json.mapper().createArrayNode();
        of.forEach(t -> blocks.add(CliMessages.toolResult(t, content, false)));
        return said(CliMessages.results(blocks));
    }

    private List<ProtocolEffect> ask(ObjectNode frame) {
        String requestId = frame.path("request_id").asText();
        asks.add(requestId);
        ObjectNode request = Json.object().put("type", "control_request");
        request.put("request_id", requestId);
        ObjectNode inner = request.putObject("request");
        inner.put("subtype", "can_use_tool")
                .put("tool_name", frame.path("tool").asText("Tool"))
                // Nothing on this wire could carry a rule for the next time.
                .put("suppress_always_allow_rule", true);
        inner.set(
                "input",
                frame.path("parameters").isObject() ? frame.path("parameters") : Json.object());
        if (frame.path("description").isTextual()) {
            inner.set("description", frame.path("description"));
        }
        return said(Message.of(request));
    }

    /// @param failure why it failed, or null
    List<ProtocolEffect> over(@Nullable String failure) {
        List<ProtocolEffect> events = new ArrayList<>(toolsDone());
        for (String ask : asks) {
            events.addAll(
                    said(
                            Message.of(
                                    Json.object()
                                            .put("type", "control_cancel_request")
                                            .put("request_id", ask))));
        }
        events.addAll(said(failure == null ? CliMessages.done() : CliMessages.failed(failure)));
        events.add(new ProtocolEffect.TurnOver(session));
        return events;
    }
}
