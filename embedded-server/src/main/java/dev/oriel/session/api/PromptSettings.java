package dev.oriel.session.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentSecrets;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a guest has chosen for a prompt. It holds for that prompt and for no other.
///
/// @param model null for the agent's default
/// @param permissionMode null for the agent's default
/// @param secrets kept in memory only: a prompt that waits while the server restarts runs without
///   them
public record PromptSettings(
        @Nullable String model,
        @Nullable String permissionMode,
        AgentOptions options,
        AgentSecrets secrets) {
    private static final String DEFAULT_MODE = "default";

    public PromptSettings(
            @Nullable String model, @Nullable String permissionMode, AgentOptions options) {
        this(model, permissionMode, options, AgentSecrets.NONE);
    }

    /// Returns these settings if they are within the limits.
    ///
    /// @throws BadRequestException if they are too large; the message says what is
    public PromptSettings check() throws BadRequestException {
        SessionLimits.check(this);
        return this;
    }

    /// Approximate size in characters.
    public int size() {
        return toJson().length() + secrets.length();
    }

    /// The form in the journal, without the secrets.
    public String toJson() {
        ObjectNode json = Json.object();
        json.put("model", model).put("permission_mode", permissionMode);
        return json.put("options", options.toJson()).toString();
    }

    /// @param json result of [#toJson]; if it is damaged, the prompt asks for permission as usual
    /// @param mayBypass whether the operator allows `bypassPermissions` now
    public static PromptSettings fromJson(String json, boolean mayBypass) {
        try {
            ObjectNode node = Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
            String mode = node.path("permission_mode").textValue();
            boolean valid = mode == null || PermissionModes.problem(mode, mayBypass).isEmpty();
            return new PromptSettings(
                    node.path("model").textValue(),
                    valid ? mode : DEFAULT_MODE,
                    AgentOptions.fromJson(node.path("options").asText("{}")));
        } catch (MalformedMessageException | IllegalArgumentException e) {
            return new PromptSettings(null, DEFAULT_MODE, AgentOptions.NONE);
        }
    }
}
