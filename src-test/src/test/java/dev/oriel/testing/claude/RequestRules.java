package dev.oriel.testing.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.testing.api.ApiRules;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the Messages API refuses in a request besides what [ApiRules] knows of conversations:
/// unknown members, limits, images, tools, and thinking that is not what the API has sent.
final class RequestRules {
    private static final Set<String> MEMBERS =
            Set.of(
                    "model",
                    "max_tokens",
                    "messages",
                    "system",
                    "tools",
                    "tool_choice",
                    "stream",
                    "thinking",
                    "output_config",
                    "metadata",
                    "stop_sequences",
                    "temperature",
                    "top_k",
                    "top_p",
                    "service_tier",
                    "cache_control");

    private static final Map<String, Set<String>> BLOCKS =
            Map.of(
                    "text", Set.of("text", "citations", "cache_control"),
                    "image", Set.of("source", "cache_control"),
                    "document", Set.of("source", "title", "context", "citations", "cache_control"),
                    "tool_use", Set.of("id", "name", "input", "cache_control", "caller"),
                    "tool_result", Set.of("tool_use_id", "content", "is_error", "cache_control"),
                    "thinking", Set.of("thinking", "signature"),
                    "redacted_thinking", Set.of("data"));

    private static final Set<String> IMAGES =
            Set.of("image/jpeg", "image/png", "image/gif", "image/webp");
    private static final int MAX_IMAGE = 5 * 1024 * 1024;

    private final JsonNode body;
    private final Map<String, String> signed;
    private final List<String> problems = new ArrayList<>();

    private RequestRules(JsonNode body, Map<String, String> signed) {
        this.body = body;
        this.signed = signed;
    }

    /// @param headers by lower-case name
    /// @param signed the thinking that was sent, by its signature
    /// @return empty for a valid request
    static List<String> check(
            JsonNode body, Map<String, String> headers, Map<String, String> signed) {
        RequestRules rules = new RequestRules(body, signed);
        rules.problems.addAll(ApiRules.check(body));
        if (!headers.containsKey("anthropic-version")) {
            rules.problems.add("anthropic-version: header is required");
        }
        if (!headers.getOrDefault("content-type", "").startsWith("application/json")) {
            rules.problems.add("content-type: " + headers.get("content-type"));
        }
        rules.top();
        rules.tools();
        body.path("messages").forEach(m -> m.path("content").forEach(rules::block));
        body.path("system").forEach(rules::block);
        return rules.problems;
    }

    private void top() {
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            if (!MEMBERS.contains(member.getKey())) {
                problems.add(member.getKey() + ": Extra inputs are not permitted");
            }
        }
        if (body.path("model").asText().isEmpty()) {
            problems.add("model: Field required");
        }
        int limit = body.path("max_tokens").asInt();
        if (limit < 1) {
            problems.add("max_tokens: must be greater than 0");
        }
        JsonNode thinking = body.path("thinking");
        switch (thinking.path("type").asText()) {
            case "", "disabled", "adaptive" -> {
                if (thinking.has("budget_tokens")) {
                    problems.add("thinking.budget_tokens: Extra inputs are not permitted");
                }
            }
            case "enabled" -> {
                int budget = thinking.path("budget_tokens").asInt();
                if (budget < 1024 || budget >= limit) {
                    problems.add("`max_tokens` must be greater than `thinking.budget_tokens`");
                }
                String choice = body.path("tool_choice").path("type").asText("auto");
                if (!choice.equals("auto") && !choice.equals("none")) {
                    problems.add("Thinking may not be enabled when tool_choice forces tool use.");
                }
            }
            default -> problems.add("thinking.type: " + thinking.path("type"));
        }
        if (body.path("system").isTextual() && body.path("system").asText().isEmpty()) {
            problems.add("system: text content blocks must be non-empty");
        }
    }

    private void tools() {
        Set<String> names = new HashSet<>();
        for (JsonNode tool : body.path("tools")) {
            String name = tool.path("name").asText();
            if (!names.add(name)) {
                problems.add("tools: Tool names must be unique: " + name);
            }
            if (!name.matches("[a-zA-Z0-9_-]{1,128}")) {
                problems.add("tools: String should match pattern: " + name);
            }
            if (!tool.has("type")
                    && !tool.path("input_schema").path("type").asText().equals("object")) {
                problems.add("tools." + name + ".input_schema.type: Field required");
            }
        }
        if (body.has("tool_choice") && names.isEmpty()) {
            problems.add("tool_choice may only be specified while providing tools.");
        }
    }

    private void block(JsonNode block) {
        String type = block.path("type").asText();
        Set<String> known = BLOCKS.get(type);
        for (Map.Entry<String, JsonNode> member : block.properties()) {
            String name = member.getKey();
            if (known != null && !name.equals("type") && !known.contains(name)) {
                problems.add(type + "." + name + ": Extra inputs are not permitted");
            }
        }
        JsonNode marker = block.get("cache_control");
        if (marker != null && !marker.path("type").asText().equals("ephemeral")) {
            problems.add(type + ".cache_control: " + marker);
        }
        switch (type) {
            case "thinking" -> {
                String text = signed.get(block.path("signature").asText());
                if (!block.path("thinking").asText().equals(text)) {
                    problems.add("Invalid `signature` in `thinking` block");
                }
            }
            case "redacted_thinking" -> {
                if (!signed.containsKey(block.path("data").asText())) {
                    problems.add("Invalid `data` in `redacted_thinking` block");
                }
            }
            case "image" -> image(block.path("source"));
            case "tool_result" -> block.path("content").forEach(this::block);
            default -> {
                // Nothing more.
            }
        }
    }

    private void image(JsonNode source) {
        if (!source.path("type").asText().equals("base64")) {
            return;
        }
        if (!IMAGES.contains(source.path("media_type").asText())) {
            problems.add("image.source.base64.media_type: " + source.path("media_type"));
        }
        String data = source.path("data").asText();
        if (data.length() > MAX_IMAGE) {
            problems.add("image exceeds 5 MB maximum: " + data.length() + " bytes");
        }
        try {
            if (Base64.getDecoder().decode(data).length == 0) {
                problems.add("image.source.base64.data: at least one byte is required");
            }
        } catch (IllegalArgumentException e) {
            problems.add("image.source.base64.data: invalid base64 data");
        }
    }
}
