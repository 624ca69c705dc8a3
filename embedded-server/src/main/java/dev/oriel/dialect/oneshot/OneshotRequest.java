package dev.oriel.dialect.oneshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The client's single frame, `{"prompt", "meta"?}`, and the errors for invalid ones (wire.md 3.2
/// and 3.3). Pure.
sealed interface OneshotRequest {
    /// Maximum length of a prompt in bytes of UTF-8.
    int MAX_PROMPT_BYTES = 8192;

    Pattern META = Pattern.compile("[A-Z0-9_\\-]+");

    /// A valid request.
    ///
    /// @param prompt for the agent, including the meta text
    record Run(String prompt) implements OneshotRequest {}

    /// @param error the original's text, which clients can compare
    record Refused(String error) implements OneshotRequest {}

    static OneshotRequest parse(String frame) {
        JsonNode json;
        try {
            json = Json.mapper().readTree(frame);
        } catch (JsonProcessingException e) {
            return new Refused("Bad JSON");
        }
        if (json == null || json.isMissingNode()) {
            return new Refused("Bad JSON");
        }
        if (!json.isObject()) {
            return new Refused("Expected object, received " + kind(json));
        }
        String problem = promptProblem(json.path("prompt"));
        if (problem == null) {
            problem = metaProblem(json.path("meta"));
        }
        return problem != null
                ? new Refused(problem)
                : new Run(withMeta(json.path("prompt").textValue(), json.path("meta").asText()));
    }

    private static @Nullable String promptProblem(JsonNode prompt) {
        String problem = textProblem(prompt);
        if (problem != null) {
            return problem;
        }
        if (prompt.textValue().isEmpty()) {
            return "String must contain at least 1 character(s)";
        }
        return prompt.textValue().getBytes(StandardCharsets.UTF_8).length > MAX_PROMPT_BYTES
                ? "String must contain at most " + MAX_PROMPT_BYTES + " character(s)"
                : null;
    }

    private static @Nullable String metaProblem(JsonNode meta) {
        if (meta.isMissingNode()) {
            return null;
        }
        String problem = textProblem(meta);
        if (problem != null) {
            return problem;
        }
        String text = meta.textValue();
        return text.isEmpty() || META.matcher(text).matches() ? null : "Invalid meta";
    }

    private static @Nullable String textProblem(JsonNode value) {
        if (value.isMissingNode()) {
            return "Required";
        }
        return value.isTextual() ? null : "Expected string, received " + kind(value);
    }

    private static String kind(JsonNode value) {
        return value.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static String withMeta(String prompt, String meta) {
        return meta.isEmpty() ? prompt : prompt + "\n\n[meta:" + meta + "]";
    }
}
