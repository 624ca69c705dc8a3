package dev.oriel.session.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.util.UUID;

/// The message that tells all subscribers that a client has changed how the agent works, or had it
/// do something. Journaled, so that later subscribers get it too.
public final class ControlAnnouncement {
    /// The maximum length of the text, code points.
    private static final int LONGEST = 2_000;

    private ControlAnnouncement() {}

    public static Message of(ObjectNode request) {
        ObjectNode m =
                Json.object()
                        .put("type", MessageType.SYSTEM)
                        .put("subtype", SystemSubtype.ORIEL_CONTROL)
                        .put("uuid", UUID.randomUUID().toString())
                        .put("text", cut(words(request)));
        m.set("request", SecretMask.mask(request));
        return Message.of(m);
    }

    private static String words(ObjectNode request) {
        return switch (request.path("subtype").asText()) {
            case ControlSubtype.APPLY_FLAG_SETTINGS ->
                    "Settings changed: " + pairs(request.path("settings"));
            case ControlSubtype.SET_MAX_THINKING_TOKENS ->
                    thinking(request.path("max_thinking_tokens"));
            case ControlSubtype.MCP_SET_SERVERS ->
                    "MCP servers of this session: " + McpServerRules.words(request.path("servers"));
            case ControlSubtype.MCP_TOGGLE ->
                    "MCP server "
                            + request.path("serverName").asText()
                            + (request.path("enabled").asBoolean() ? " turned on" : " turned off");
            case ControlSubtype.MCP_RECONNECT ->
                    "MCP server " + request.path("serverName").asText() + " connected again";
            case ControlSubtype.MCP_AUTHENTICATE ->
                    "Login to MCP server " + request.path("serverName").asText() + " started";
            case ControlSubtype.MCP_OAUTH_CALLBACK_URL ->
                    "Logged in to MCP server " + request.path("serverName").asText();
            case ControlSubtype.MCP_CLEAR_AUTH ->
                    "Logged out of MCP server " + request.path("serverName").asText();
            case ControlSubtype.REWIND_FILES -> "Files taken back to an earlier message";
            case ControlSubtype.STOP_TASK -> "Background task stopped";
            case ControlSubtype.BACKGROUND_TASKS -> "Running task moved to the background";
            case ControlSubtype.RELOAD_SKILLS -> "Skills read again";
            default -> "Changed: " + request.path("subtype").asText();
        };
    }

    private static String pairs(JsonNode settings) {
        StringBuilder all = new StringBuilder();
        settings.properties()
                .forEach(s ->
                        all.append(all.isEmpty() ? "" : ", ")
                                .append(name(s.getKey()))
                                .append(' ')
                                .append(s.getValue().isNull() ? "default" : s.getValue().asText()));
        return all.isEmpty() ? "none" : all.toString();
    }

    private static String name(String setting) {
        return switch (setting) {
            case "effortLevel" -> "effort";
            case "alwaysThinkingEnabled" -> "thinking";
            case "outputStyle" -> "output style";
            default -> setting;
        };
    }

    private static String thinking(JsonNode tokens) {
        return tokens.isNumber()
                ? "Thinking limited to " + tokens.asText() + " tokens"
                : "Thinking limit: default";
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
