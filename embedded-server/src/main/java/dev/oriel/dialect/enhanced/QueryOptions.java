package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.ToolRules;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.PermissionModes;
import dev.oriel.session.api.PromptSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The `options` of a query (wire.md 1.3). Absent and null members have their defaults, unknown
/// members are ignored, and members of the wrong type are refused by name.
///
/// @param model null for the agent's default
/// @param permissionMode null for the server's default
/// @param maxThinkingTokens null for the agent's default
/// @param cwd null for the folder of the current conversation
/// @param resume the agent's own id of a conversation to continue
record QueryOptions(
        List<String> allowedTools,
        @Nullable String permissionMode,
        @Nullable Integer maxThinkingTokens,
        @Nullable String model,
        @Nullable Path cwd,
        boolean continueConversation,
        @Nullable UUID resume) {

    static QueryOptions parse(JsonNode options, boolean mayBypass) throws BadRequestException {
        if (options.isMissingNode() || options.isNull()) {
            return new QueryOptions(List.of(), null, null, null, null, false, null);
        }
        if (!(options instanceof ObjectNode object)) {
            throw new BadRequestException("options must be an object");
        }
        String mode = text(object, "permission_mode");
        if (mode != null) {
            Optional<String> problem = PermissionModes.problem(mode, mayBypass);
            if (problem.isPresent()) {
                throw new BadRequestException(problem.get());
            }
        }
        return new QueryOptions(
                rules(texts(object, "allowed_tools")),
                mode,
                number(object, "max_thinking_tokens"),
                text(object, "model"),
                path(text(object, "cwd")),
                flag(object, "continue_conversation"),
                uuid(text(object, "resume")));
    }

    QueryOptions withAllowedTools(List<String> rules) {
        return new QueryOptions(
                rules, permissionMode, maxThinkingTokens, model, cwd, continueConversation, resume);
    }

    /// The settings with which the agent runs the query.
    ///
    /// @param defaultMode if the client has not chosen a mode
    PromptSettings settings(String defaultMode) {
        return new PromptSettings(
                model,
                permissionMode == null ? defaultMode : permissionMode,
                AgentOptions.NONE
                        .withAllowedTools(allowedTools)
                        .withMaxThinkingTokens(maxThinkingTokens));
    }

    /// An empty string is equal to none: forms send it for fields without a value.
    private static @Nullable String text(ObjectNode from, String name) throws BadRequestException {
        JsonNode value = find(from, name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw new BadRequestException("options." + name + " must be a string");
        }
        return value.textValue().isBlank() ? null : value.textValue();
    }

    private static List<String> texts(ObjectNode from, String name) throws BadRequestException {
        JsonNode value = find(from, name);
        List<String> texts = new ArrayList<>();
        if (value == null) {
            return texts;
        }
        boolean right = value.isArray();
        for (JsonNode each : value) {
            right &= each.isTextual() && !each.textValue().isBlank();
            texts.add(each.asText());
        }
        if (!right) {
            throw new BadRequestException("options." + name + " must be an array of strings");
        }
        return texts;
    }

    private static List<String> rules(List<String> written) throws BadRequestException {
        try {
            return ToolRules.parse(written);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("options.allowed_tools: " + e.getMessage());
        }
    }

    private static @Nullable Integer number(ObjectNode from, String name)
            throws BadRequestException {
        JsonNode value = find(from, name);
        if (value == null) {
            return null;
        }
        if (!value.isInt() || value.intValue() < 0) {
            throw new BadRequestException("options." + name + " must be a whole number from 0");
        }
        return value.intValue();
    }

    private static boolean flag(ObjectNode from, String name) throws BadRequestException {
        JsonNode value = find(from, name);
        if (value != null && !value.isBoolean()) {
            throw new BadRequestException("options." + name + " must be true or false");
        }
        return value != null && value.booleanValue();
    }

    private static @Nullable Path path(@Nullable String text) throws BadRequestException {
        try {
            return text == null ? null : Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadRequestException("options.cwd is not a path");
        }
    }

    private static @Nullable UUID uuid(@Nullable String text) throws BadRequestException {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("options.resume must be the UUID of a conversation");
        }
    }

    private static @Nullable JsonNode find(ObjectNode from, String name) {
        JsonNode value = from.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
