package dev.oriel.session.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.util.UUID;

/// The message that tells all subscribers that a client has changed how the agent works, or had it
/// do something. Journaled, so that later subscribers get it too.
public final class ControlAnnouncement {
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
            case "apply_flag_settings" -> "Settings changed: " + pairs(request.path("settings"));
            case "set_max_thinking_tokens" -> thinking(request.path("max_thinking_tokens"));
            case "mcp_set_servers" ->
                    "MCP servers of this session: " + McpServerRules.words(request.path("servers"));
            case "mcp_toggle" ->
                    "MCP server "
                            + request.path("serverName").asText()
                            + (request.path("enabled").asBoolean() ? " turned on" : " turned off");
            case "mcp_reconnect" ->
                    "MCP server " + request.path("serverName").asText() + " connected again";
            case "rewind_files" ->
                    request.path("dry_run").asBoolean()
                            ? "Looked what taking files back would change"
                            : "Files taken back to an earlier message";
            case "stop_task" -> "Background task stopped";
            case "background_tasks" -> "Running task moved to the background";
            case "reload_skills" -> "Skills read again";
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
        return text.length() <= LONGEST
                ? text
                : text.substring(
                                0,
                                text.offsetByCodePoints(
                                        0,
                                        Math.min(LONGEST, text.codePointCount(0, text.length()))))
                        + "…";
    }
}
