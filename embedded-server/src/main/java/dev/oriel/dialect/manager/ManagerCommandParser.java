package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.manager.ManagerCommand.AddRule;
import dev.oriel.dialect.manager.ManagerCommand.Auth;
import dev.oriel.dialect.manager.ManagerCommand.CreateSession;
import dev.oriel.dialect.manager.ManagerCommand.DeleteSession;
import dev.oriel.dialect.manager.ManagerCommand.EndSession;
import dev.oriel.dialect.manager.ManagerCommand.InterruptSession;
import dev.oriel.dialect.manager.ManagerCommand.KillAll;
import dev.oriel.dialect.manager.ManagerCommand.ListRules;
import dev.oriel.dialect.manager.ManagerCommand.ListSessions;
import dev.oriel.dialect.manager.ManagerCommand.LoadMessages;
import dev.oriel.dialect.manager.ManagerCommand.PermissionResponse;
import dev.oriel.dialect.manager.ManagerCommand.Ping;
import dev.oriel.dialect.manager.ManagerCommand.RemoveRule;
import dev.oriel.dialect.manager.ManagerCommand.SendPrompt;
import dev.oriel.message.BlockType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Parses a client's frame (wire.md 5.3 and 5.5). Unknown members are ignored.
final class ManagerCommandParser {
    private static final String NO_PROMPT = "Failed to send prompt: ";
    private static final Set<String> IMAGES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_PAGE = 1_000;

    /// The system's page size instead of an invalid one.
    private static final int INVALID_LIMIT_PAGE = 100;

    private ManagerCommandParser() {}

    /// @throws CommandRefusedException with the text of the `error` frame
    static ManagerCommand parse(ObjectNode frame) throws CommandRefusedException {
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
            default -> throw new CommandRefusedException("Unknown message type: " + shown(type));
        };
    }

    /// The type as the system prints it.
    private static String shown(JsonNode type) {
        if (type.isMissingNode() || type.isNull()) {
            return "None";
        }
        return type.isTextual() ? type.textValue() : type.toString();
    }

    private static ManagerCommand createSession(ObjectNode frame) throws CommandRefusedException {
        var errors = new ValidationErrors("CreateSessionMessage");
        UUID id = errors.optionalUuid(frame, "session_id");
        ManagedSessionOptions options = options(frame.get("options"), errors);
        errors.throwIfAny("");
        return new CreateSession(id, options);
    }

    private static ManagedSessionOptions options(
            @Nullable JsonNode options, ValidationErrors errors) {
        if (options == null || options.isNull()) {
            return ManagedSessionOptions.DEFAULTS;
        }
        if (!options.isObject()) {
            errors.add("options", "Input should be a valid dictionary");
            return ManagedSessionOptions.DEFAULTS;
        }
        ClientGeneration generation = ClientGeneration.from(options);
        return new ManagedSessionOptions(
                optional(options, "system_prompt", errors),
                optional(options, "agent_name", errors),
                tools(options.get("tools"), generation, errors),
                optional(options, "working_directory", errors),
                maxTokens(options.path("max_tokens"), errors),
                temperature(options.path("temperature"), errors),
                optional(options, "permission_mode", errors),
                optional(options, "conversation_history", errors),
                optional(options, "original_conversation_id", errors),
                rules(options.path("always_allow_rules"), errors),
                generation);
    }

    private static List<AllowRule> rules(JsonNode wanted, ValidationErrors errors) {
        List<AllowRule> rules = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            try {
                rules.add(AllowRule.parse(wanted.path(i)));
            } catch (CommandRefusedException e) {
                errors.add("options.always_allow_rules." + i, e.text());
            }
        }
        return rules;
    }

    private static @Nullable String optional(
            JsonNode options, String name, ValidationErrors errors) {
        return errors.optionalText(options, name, "options." + name);
    }

    private static List<ManagerTool> tools(
            @Nullable JsonNode wanted, ClientGeneration generation, ValidationErrors errors) {
        if (wanted == null || wanted.isNull()) {
            return ManagerTool.DEFAULTS;
        }
        if (!wanted.isArray()) {
            errors.add("options.tools", "Input should be a valid list");
            return List.of();
        }
        List<ManagerTool> tools = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Optional<ManagerTool> tool = ManagerTool.find(wanted.get(i).asText(), generation);
            if (tool.isPresent() && wanted.get(i).isTextual()) {
                tools.add(tool.get());
            } else {
                errors.add("options.tools." + i, "Input should be " + ManagerTool.wireNames());
            }
        }
        return tools;
    }

    private static @Nullable Long maxTokens(JsonNode value, ValidationErrors errors) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            errors.add("options.max_tokens", "Input should be a valid integer");
        }
        return value.asLong();
    }

    private static @Nullable Double temperature(JsonNode value, ValidationErrors errors) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isNumber()) {
            errors.add("options.temperature", "Input should be a valid number");
        }
        return value.asDouble();
    }

    private static ManagerCommand sendPrompt(ObjectNode frame) throws CommandRefusedException {
        var errors = new ValidationErrors("SendPromptMessage");
        UUID id = errors.requireUuid(frame, "session_id");
        JsonNode content = content(frame, errors);
        errors.throwIfAny(NO_PROMPT);
        return new SendPrompt(id, content);
    }

    /// A string in `prompt`, or blocks in `content`.
    private static JsonNode content(ObjectNode frame, ValidationErrors errors)
            throws CommandRefusedException {
        JsonNode content = frame.path("content");
        if (frame.hasNonNull("prompt") || !content.isArray() || content.isEmpty()) {
            String prompt = errors.requireText(frame, "prompt");
            if (frame.path("prompt").isTextual() && prompt.isBlank()) {
                // The original accepts it, and the CLI would reply that the prompt is empty.
                errors.throwIfAny(NO_PROMPT);
                throw new CommandRefusedException(NO_PROMPT + "prompt must not be empty");
            }
            return frame.path("prompt");
        }
        for (int i = 0; i < content.size(); i++) {
            if (!isText(content.get(i)) && !isImage(content.get(i))) {
                errors.add(
                        "content." + i,
                        "Input should be a text that is not empty, or an image of type image/png,"
                                + " image/jpeg, image/gif or image/webp in base64");
            }
        }
        return content;
    }

    private static boolean isText(JsonNode block) {
        return BlockType.TEXT.equals(block.path("type").asText())
                && !block.path("text").asText("").isBlank();
    }

    private static boolean isImage(JsonNode block) {
        JsonNode source = block.path("source");
        return "image".equals(block.path("type").asText())
                && "base64".equals(source.path("type").asText())
                && IMAGES.contains(source.path("media_type").asText())
                && source.path("data").isTextual();
    }

    private static ManagerCommand endSession(ObjectNode frame) throws CommandRefusedException {
        var errors = new ValidationErrors("EndSessionMessage");
        UUID id = errors.requireUuid(frame, "session_id");
        errors.throwIfAny("Failed to end session: ");
        return new EndSession(id);
    }

    /// The session of a frame without other members.
    private static UUID session(ObjectNode frame, String kind) throws CommandRefusedException {
        var errors = new ValidationErrors(kind + "Message");
        UUID id = errors.requireUuid(frame, "session_id");
        errors.throwIfAny("");
        return id;
    }

    private static ManagerCommand loadMessages(ObjectNode frame) throws CommandRefusedException {
        UUID id = session(frame, "LoadMessages");
        int limit = frame.path("limit").asInt(DEFAULT_PAGE);
        return new LoadMessages(
                id,
                limit < 1 || limit > MAX_PAGE ? INVALID_LIMIT_PAGE : limit,
                Math.max(0, frame.path("offset").asInt(0)));
    }

    private static ManagerCommand addRule(ObjectNode frame) throws CommandRefusedException {
        UUID id = session(frame, "AddAlwaysAllowRule");
        return new AddRule(id, AllowRule.parse(frame.path("rule")), given(frame, "permission_id"));
    }

    private static ManagerCommand removeRule(ObjectNode frame) throws CommandRefusedException {
        var errors = new ValidationErrors("RemoveAlwaysAllowRuleMessage");
        UUID id = errors.requireUuid(frame, "session_id");
        String rule = errors.requireText(frame, "rule_id");
        errors.throwIfAny("");
        return new RemoveRule(id, rule);
    }

    private static @Nullable String given(ObjectNode frame, String name) {
        String text = frame.path(name).asText("");
        return text.isEmpty() ? null : text;
    }

    private static ManagerCommand ping(ObjectNode frame) throws CommandRefusedException {
        var errors = new ValidationErrors("PingMessage");
        String given = errors.optionalText(frame, "timestamp", "timestamp");
        errors.throwIfAny("Failed to answer ping: ");
        if (given == null) {
            return new Ping(null);
        }
        return new Ping(
                ManagerTimestamps.normalize(given)
                        .orElseThrow(() ->
                                new CommandRefusedException(
                                        "Failed to answer ping: timestamp must be an ISO"
                                                + " 8601 date and time")));
    }

    private static ManagerCommand permissionResponse(ObjectNode frame)
            throws CommandRefusedException {
        var errors = new ValidationErrors("PermissionResponseMessage");
        UUID id = errors.requireUuid(frame, "session_id");
        // The third generation uses another name, or omits it.
        String other = given(frame, "permission_id");
        String request =
                other != null || (frame.has("permission_id") && !frame.has("request_id"))
                        ? other
                        : errors.requireText(frame, "request_id");
        boolean approved = errors.requireBoolean(frame, "approved");
        String reason = errors.optionalText(frame, "reason", "reason");
        errors.throwIfAny("Failed to handle permission response: ");
        return new PermissionResponse(id, request, approved, reason);
    }
}
