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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads a client's frame (wire.md 5.3 and 5.5). Members that it does not know are ignored.
final class ManagerCommandParser {
    private static final String NO_PROMPT = "Failed to send prompt: ";
    private static final Set<String> IMAGES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private static final int STANDARD_PAGE = 50;
    private static final int LONGEST_PAGE = 1_000;

    /// What the system takes in the place of a page of a length that cannot be.
    private static final int WRONG_PAGE = 100;

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

    /// As the system writes it.
    private static String shown(JsonNode type) {
        if (type.isMissingNode() || type.isNull()) {
            return "None";
        }
        return type.isTextual() ? type.textValue() : type.toString();
    }

    private static ManagerCommand createSession(ObjectNode frame) throws CommandRefusedException {
        var complaints = new ValidationErrors("CreateSessionMessage");
        UUID id = complaints.optionalUuid(frame, "session_id");
        ManagedSessionOptions options = options(frame.get("options"), complaints);
        complaints.throwIfAny("");
        return new CreateSession(id, options);
    }

    private static ManagedSessionOptions options(
            @Nullable JsonNode options, ValidationErrors complaints) {
        if (options == null || options.isNull()) {
            return ManagedSessionOptions.DEFAULTS;
        }
        if (!options.isObject()) {
            complaints.add("options", "Input should be a valid dictionary");
            return ManagedSessionOptions.DEFAULTS;
        }
        ClientGeneration generation = ClientGeneration.from(options);
        return new ManagedSessionOptions(
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

    private static List<AllowRule> rules(JsonNode wanted, ValidationErrors complaints) {
        List<AllowRule> rules = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            try {
                rules.add(AllowRule.parse(wanted.path(i)));
            } catch (CommandRefusedException e) {
                complaints.add("options.always_allow_rules." + i, e.text());
            }
        }
        return rules;
    }

    private static @Nullable String optional(
            JsonNode options, String name, ValidationErrors complaints) {
        return complaints.optionalText(options, name, "options." + name);
    }

    private static List<ManagerTool> tools(
            @Nullable JsonNode wanted, ClientGeneration generation, ValidationErrors complaints) {
        if (wanted == null || wanted.isNull()) {
            return ManagerTool.DEFAULTS;
        }
        if (!wanted.isArray()) {
            complaints.add("options.tools", "Input should be a valid list");
            return List.of();
        }
        List<ManagerTool> tools = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Optional<ManagerTool> tool = ManagerTool.find(wanted.get(i).asText(), generation);
            if (tool.isPresent() && wanted.get(i).isTextual()) {
                tools.add(tool.get());
            } else {
                complaints.add("options.tools." + i, "Input should be " + ManagerTool.wireNames());
            }
        }
        return tools;
    }

    private static @Nullable Long maxTokens(JsonNode value, ValidationErrors complaints) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            complaints.add("options.max_tokens", "Input should be a valid integer");
        }
        return value.asLong();
    }

    private static @Nullable Double temperature(JsonNode value, ValidationErrors complaints) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isNumber()) {
            complaints.add("options.temperature", "Input should be a valid number");
        }
        return value.asDouble();
    }

    private static ManagerCommand sendPrompt(ObjectNode frame) throws CommandRefusedException {
        var complaints = new ValidationErrors("SendPromptMessage");
        UUID id = complaints.requireUuid(frame, "session_id");
        JsonNode content = content(frame, complaints);
        complaints.throwIfAny(NO_PROMPT);
        return new SendPrompt(id, content);
    }

    /// A text in `prompt`, or blocks in `content`.
    private static JsonNode content(ObjectNode frame, ValidationErrors complaints)
            throws CommandRefusedException {
        JsonNode content = frame.path("content");
        if (frame.hasNonNull("prompt") || !content.isArray() || content.isEmpty()) {
            String prompt = complaints.requireText(frame, "prompt");
            if (frame.path("prompt").isTextual() && prompt.isBlank()) {
                // The system lets it through, and the CLI would answer that there is nothing in it.
                complaints.throwIfAny(NO_PROMPT);
                throw new CommandRefusedException(NO_PROMPT + "prompt must not be empty");
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

    private static ManagerCommand endSession(ObjectNode frame) throws CommandRefusedException {
        var complaints = new ValidationErrors("EndSessionMessage");
        UUID id = complaints.requireUuid(frame, "session_id");
        complaints.throwIfAny("Failed to end session: ");
        return new EndSession(id);
    }

    /// The session of a frame that names nothing else.
    private static UUID session(ObjectNode frame, String kind) throws CommandRefusedException {
        var complaints = new ValidationErrors(kind + "Message");
        UUID id = complaints.requireUuid(frame, "session_id");
        complaints.throwIfAny("");
        return id;
    }

    private static ManagerCommand loadMessages(ObjectNode frame) throws CommandRefusedException {
        UUID id = session(frame, "LoadMessages");
        int limit = frame.path("limit").asInt(STANDARD_PAGE);
        return new LoadMessages(
                id,
                limit < 1 || limit > LONGEST_PAGE ? WRONG_PAGE : limit,
                Math.max(0, frame.path("offset").asInt(0)));
    }

    private static ManagerCommand addRule(ObjectNode frame) throws CommandRefusedException {
        UUID id = session(frame, "AddAlwaysAllowRule");
        return new AddRule(id, AllowRule.parse(frame.path("rule")), given(frame, "permission_id"));
    }

    private static ManagerCommand removeRule(ObjectNode frame) throws CommandRefusedException {
        var complaints = new ValidationErrors("RemoveAlwaysAllowRuleMessage");
        UUID id = complaints.requireUuid(frame, "session_id");
        String rule = complaints.requireText(frame, "rule_id");
        complaints.throwIfAny("");
        return new RemoveRule(id, rule);
    }

    private static @Nullable String given(ObjectNode frame, String name) {
        String text = frame.path(name).asText("");
        return text.isEmpty() ? null : text;
    }

    private static ManagerCommand ping(ObjectNode frame) throws CommandRefusedException {
        var complaints = new ValidationErrors("PingMessage");
        String given = complaints.optionalText(frame, "timestamp", "timestamp");
        complaints.throwIfAny("Failed to answer ping: ");
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
        var complaints = new ValidationErrors("PermissionResponseMessage");
        UUID id = complaints.requireUuid(frame, "session_id");
        // The third generation calls it otherwise, or leaves it out.
        String other = given(frame, "permission_id");
        String request =
                other != null || (frame.has("permission_id") && !frame.has("request_id"))
                        ? other
                        : complaints.requireText(frame, "request_id");
        boolean approved = complaints.requireBoolean(frame, "approved");
        String reason = complaints.optionalText(frame, "reason", "reason");
        complaints.throwIfAny("Failed to handle permission response: ");
        return new PermissionResponse(id, request, approved, reason);
    }
}
