package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.manager.Command.Auth;
import dev.oriel.dialect.manager.Command.CreateSession;
import dev.oriel.dialect.manager.Command.EndSession;
import dev.oriel.dialect.manager.Command.ListSessions;
import dev.oriel.dialect.manager.Command.PermissionResponse;
import dev.oriel.dialect.manager.Command.Ping;
import dev.oriel.dialect.manager.Command.SendPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads a client's frame (protocols: sections 5.3 and 5.5). Members that it does not know are
/// ignored.
final class CommandReader {
    private CommandReader() {}

    /// @throws RefusedException with the text of the `error` frame
    static Command read(ObjectNode frame) throws RefusedException {
        JsonNode type = frame.path("type");
        return switch (type.asText()) {
            case "auth" -> new Auth();
            case "create_session" -> createSession(frame);
            case "send_prompt" -> sendPrompt(frame);
            case "end_session" -> endSession(frame);
            case "list_sessions" -> new ListSessions();
            case "ping" -> ping(frame);
            case "permission_response" -> permissionResponse(frame);
            default -> throw new RefusedException("Unknown message type: " + shown(type));
        };
    }

    /// As the system writes it.
    private static String shown(JsonNode type) {
        if (type.isMissingNode() || type.isNull()) {
            return "None";
        }
        return type.isTextual() ? type.textValue() : type.toString();
    }

    private static Command createSession(ObjectNode frame) throws RefusedException {
        var complaints = new Complaints("CreateSessionMessage");
        UUID id = complaints.optionalUuid(frame, "session_id");
        SessionOptions options = options(frame.get("options"), complaints);
        complaints.end("");
        return new CreateSession(id, options);
    }

    private static SessionOptions options(@Nullable JsonNode options, Complaints complaints) {
        if (options == null || options.isNull()) {
            return SessionOptions.STANDARD;
        }
        if (!options.isObject()) {
            complaints.add("options", "Input should be a valid dictionary");
            return SessionOptions.STANDARD;
        }
        return new SessionOptions(
                optional(options, "system_prompt", complaints),
                tools(options.get("tools"), complaints),
                optional(options, "working_directory", complaints),
                maxTokens(options.path("max_tokens"), complaints),
                temperature(options.path("temperature"), complaints),
                optional(options, "permission_mode", complaints));
    }

    private static @Nullable String optional(JsonNode options, String name, Complaints complaints) {
        return complaints.optionalText(options, name, "options." + name);
    }

    private static List<Tool> tools(@Nullable JsonNode wanted, Complaints complaints) {
        if (wanted == null || wanted.isNull()) {
            return Tool.STANDARD;
        }
        if (!wanted.isArray()) {
            complaints.add("options.tools", "Input should be a valid list");
            return List.of();
        }
        List<Tool> tools = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Optional<Tool> tool = Tool.of(wanted.get(i).asText());
            if (tool.isPresent() && wanted.get(i).isTextual()) {
                tools.add(tool.get());
            } else {
                complaints.add("options.tools." + i, "Input should be " + Tool.listed());
            }
        }
        return tools;
    }

    private static @Nullable Long maxTokens(JsonNode value, Complaints complaints) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            complaints.add("options.max_tokens", "Input should be a valid integer");
        }
        return value.asLong();
    }

    private static @Nullable Double temperature(JsonNode value, Complaints complaints) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isNumber()) {
            complaints.add("options.temperature", "Input should be a valid number");
        }
        return value.asDouble();
    }

    private static Command sendPrompt(ObjectNode frame) throws RefusedException {
        var complaints = new Complaints("SendPromptMessage");
        UUID id = complaints.uuid(frame, "session_id");
        String prompt = complaints.text(frame, "prompt");
        complaints.end("Failed to send prompt: ");
        if (prompt.isBlank()) {
            // The system lets it through, and the CLI would answer that there is nothing in it.
            throw new RefusedException("Failed to send prompt: prompt must not be empty");
        }
        return new SendPrompt(id, prompt);
    }

    private static Command endSession(ObjectNode frame) throws RefusedException {
        var complaints = new Complaints("EndSessionMessage");
        UUID id = complaints.uuid(frame, "session_id");
        complaints.end("Failed to end session: ");
        return new EndSession(id);
    }

    private static Command ping(ObjectNode frame) throws RefusedException {
        var complaints = new Complaints("PingMessage");
        String given = complaints.optionalText(frame, "timestamp", "timestamp");
        complaints.end("Failed to answer ping: ");
        if (given == null) {
            return new Ping(null);
        }
        return new Ping(
                Stamps.again(given)
                        .orElseThrow(() ->
                                new RefusedException(
                                        "Failed to answer ping: timestamp must be an ISO"
                                                + " 8601 date and time")));
    }

    private static Command permissionResponse(ObjectNode frame) throws RefusedException {
        var complaints = new Complaints("PermissionResponseMessage");
        UUID id = complaints.uuid(frame, "session_id");
        String request = complaints.text(frame, "request_id");
        boolean approved = complaints.truth(frame, "approved");
        String reason = complaints.optionalText(frame, "reason", "reason");
        complaints.end("Failed to handle permission response: ");
        return new PermissionResponse(id, request, approved, reason);
    }
}
