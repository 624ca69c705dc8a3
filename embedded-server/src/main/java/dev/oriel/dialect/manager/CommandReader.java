package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.manager.Command.AddRule;
import dev.oriel.dialect.manager.Command.Auth;
import dev.oriel.dialect.manager.Command.CreateSession;
import dev.oriel.dialect.manager.Command.DeleteSession;
import dev.oriel.dialect.manager.Command.EndSession;
import dev.oriel.dialect.manager.Command.InterruptSession;
import dev.oriel.dialect.manager.Command.KillAll;
import dev.oriel.dialect.manager.Command.ListRules;
import dev.oriel.dialect.manager.Command.ListSessions;
import dev.oriel.dialect.manager.Command.LoadMessages;
import dev.oriel.dialect.manager.Command.PermissionResponse;
import dev.oriel.dialect.manager.Command.Ping;
import dev.oriel.dialect.manager.Command.RemoveRule;
import dev.oriel.dialect.manager.Command.SendPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads a client's frame (protocols: sections 5.3 and 5.5). Members that it does not know are
/// ignored.
final class CommandReader {
    private static final String NO_PROMPT = "Failed to send prompt: ";
    private static final Set<String> IMAGES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private static final int STANDARD_PAGE = 50;
    private static final int LONGEST_PAGE = 1_000;

    /// What the system takes in the place of a page of a length that cannot be.
    private static final int WRONG_PAGE = 100;

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
            case "kill_all_agents" -> new KillAll();
            case "interrupt_session" -> new InterruptSession(session(frame, "InterruptSession"));
            case "delete_session" -> new DeleteSession(session(frame, "DeleteSession"));
            case "load_messages" -> loadMessages(frame);
            case "add_always_allow_rule" -> addRule(frame);
            case "remove_always_allow_rule" -> removeRule(frame);
            case "list_always_allow_rules" -> new ListRules(session(frame, "ListAlwaysAllowRules"));
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
        Generation generation = Generation.of(options);
        return new SessionOptions(
                optional(options, "system_prompt", complaints),
                optional(options, "agent_name", complaints),
                tools(options.get("tools"), generation, complaints),
                optional(options, "working_directory", complaints),
                maxTokens(options.path("max_tokens"), complaints),
                temperature(options.path("temperature"), complaints),
                optional(options, "permission_mode", complaints),
                optional(options, "conversation_history", complaints),
                optional(options, "original_conversation_id", complaints),
                rules(options.path("always_allow_rules"), complaints),
                generation);
    }

    private static List<AllowRule> rules(JsonNode wanted, Complaints complaints) {
        List<AllowRule> rules = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            try {
                rules.add(AllowRule.of(wanted.path(i)));
            } catch (RefusedException e) {
                complaints.add("options.always_allow_rules." + i, e.text());
            }
        }
        return rules;
    }

    private static @Nullable String optional(JsonNode options, String name, Complaints complaints) {
        return complaints.optionalText(options, name, "options." + name);
    }

    private static List<Tool> tools(
            @Nullable JsonNode wanted, Generation generation, Complaints complaints) {
        if (wanted == null || wanted.isNull()) {
            return Tool.STANDARD;
        }
        if (!wanted.isArray()) {
            complaints.add("options.tools", "Input should be a valid list");
            return List.of();
        }
        List<Tool> tools = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Optional<Tool> tool = Tool.of(wanted.get(i).asText(), generation);
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
        JsonNode content = content(frame, complaints);
        complaints.end(NO_PROMPT);
        return new SendPrompt(id, content);
    }

    /// A text in `prompt`, or blocks in `content`.
    private static JsonNode content(ObjectNode frame, Complaints complaints)
            throws RefusedException {
        JsonNode content = frame.path("content");
        if (frame.hasNonNull("prompt") || !content.isArray() || content.isEmpty()) {
            String prompt = complaints.text(frame, "prompt");
            if (frame.path("prompt").isTextual() && prompt.isBlank()) {
                // The system lets it through, and the CLI would answer that there is nothing in it.
                complaints.end(NO_PROMPT);
                throw new RefusedException(NO_PROMPT + "prompt must not be empty");
            }
            return frame.path("prompt");
        }
        for (int i = 0; i < content.size(); i++) {
            if (!isText(content.get(i)) && !isImage(content.get(i))) {
                complaints.add(
                        "content." + i,
                        "Input should be a text that is not empty, or an image of type image/png,"
                                + " image/jpeg, image/gif or image/webp in base64");
            }
        }
        return content;
    }

    private static boolean isText(JsonNode block) {
        return "text".equals(block.path("type").asText())
                && !block.path("text").asText("").isBlank();
    }

    private static boolean isImage(JsonNode block) {
        JsonNode source = block.path("source");
        return "image".equals(block.path("type").asText())
                && "base64".equals(source.path("type").asText())
                && IMAGES.contains(source.path("media_type").asText())
                && source.path("data").isTextual();
    }

    private static Command endSession(ObjectNode frame) throws RefusedException {
        var complaints = new Complaints("EndSessionMessage");
        UUID id = complaints.uuid(frame, "session_id");
        complaints.end("Failed to end session: ");
        return new EndSession(id);
    }

    /// The session of a frame that names nothing else.
    private static UUID session(ObjectNode frame, String kind) throws RefusedException {
        var complaints = new Complaints(kind + "Message");
        UUID id = complaints.uuid(frame, "session_id");
        complaints.end("");
        return id;
    }

    private static Command loadMessages(ObjectNode frame) throws RefusedException {
        UUID id = session(frame, "LoadMessages");
        int limit = frame.path("limit").asInt(STANDARD_PAGE);
        return new LoadMessages(
                id,
                limit < 1 || limit > LONGEST_PAGE ? WRONG_PAGE : limit,
                Math.max(0, frame.path("offset").asInt(0)));
    }

    private static Command addRule(ObjectNode frame) throws RefusedException {
        UUID id = session(frame, "AddAlwaysAllowRule");
        return new AddRule(id, AllowRule.of(frame.path("rule")), given(frame, "permission_id"));
    }

    private static Command removeRule(ObjectNode frame) throws RefusedException {
        var complaints = new Complaints("RemoveAlwaysAllowRuleMessage");
        UUID id = complaints.uuid(frame, "session_id");
        String rule = complaints.text(frame, "rule_id");
        complaints.end("");
        return new RemoveRule(id, rule);
    }

    private static @Nullable String given(ObjectNode frame, String name) {
        String text = frame.path(name).asText("");
        return text.isEmpty() ? null : text;
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
        // The third generation calls it otherwise, or leaves it out.
        String other = given(frame, "permission_id");
        String request =
                other != null || (frame.has("permission_id") && !frame.has("request_id"))
                        ? other
                        : complaints.text(frame, "request_id");
        boolean approved = complaints.truth(frame, "approved");
        String reason = complaints.optionalText(frame, "reason", "reason");
        complaints.end("Failed to handle permission response: ");
        return new PermissionResponse(id, request, approved, reason);
    }
}
