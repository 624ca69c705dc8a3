package dev.oriel.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The rules by which the Messages API accepts or refuses a request, as far as they concern its
/// content.
public final class ApiRules {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
    private static final int MAX_MARKERS = 4;
    private static final int MAX_IMAGES = 100;
    private static final int MAX_BYTES = 32 * 1024 * 1024;

    private final List<String> problems = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private int markers;
    private int images;

    private ApiRules() {}

    /// What the API would refuse in a request; empty for a valid one.
    ///
    /// @param body of a `POST /v1/messages`
    public static List<String> check(JsonNode body) {
        ApiRules rules = new ApiRules();
        rules.markersOf(body.path("system"));
        rules.markersOf(body.path("tools"));
        rules.messages(body.path("messages"));
        if (rules.markers > MAX_MARKERS) {
            rules.problems.add("more than 4 blocks with cache_control: " + rules.markers);
        }
        if (rules.images > MAX_IMAGES) {
            rules.problems.add("too many images: " + rules.images);
        }
        String json = body.toString();
        if (json.length() > MAX_BYTES) {
            rules.problems.add("request_too_large");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(json)) {
            rules.problems.add("an unpaired surrogate");
        }
        return rules.problems;
    }

    /// As [#check], for messages alone.
    public static List<String> checkMessages(ArrayNode messages) {
        ApiRules rules = new ApiRules();
        var body = messages.objectNode();
        body.set("messages", messages);
        rules.problems.addAll(check(body));
        return rules.problems;
    }

    private void markersOf(JsonNode blocks) {
        for (JsonNode b : blocks) {
            if (b.has("cache_control")) {
                markers++;
            }
        }
    }

    private void messages(JsonNode messages) {
        if (messages.isEmpty()) {
            problems.add("messages: at least one message is required");
            return;
        }
        List<String> open = List.of();
        String before = "assistant";
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.path(i);
            String at = "messages." + i + ": ";
            String role = message.path("role").asText();
            JsonNode content = message.path("content");
            if (role.equals(before) || !(role.equals("user") || role.equals("assistant"))) {
                problems.add(at + "role " + role + " after " + before);
            }
            if (!content.isArray() || content.isEmpty()) {
                problems.add(at + "content is empty");
            }
            before = role;
            if (role.equals("user")) {
                user(at, content, open);
                open = List.of();
            } else {
                open = assistant(at, content, i == messages.size() - 1);
            }
        }
        if (!open.isEmpty()) {
            problems.add("tool_use without tool_result at the end: " + open);
        }
    }

    private void user(String at, JsonNode content, List<String> open) {
        List<String> missing = new ArrayList<>(open);
        boolean others = false;
        for (JsonNode block : content) {
            common(at, block);
            switch (block.path("type").asText()) {
                case "text" -> {
                    others = true;
                    text(at, block);
                }
                case "image", "document", "search_result" -> {
                    others = true;
                    images++;
                }
                case "tool_result" -> {
                    if (others) {
                        problems.add(at + "a tool_result after other content");
                    }
                    if (!missing.remove(block.path("tool_use_id").asText())) {
                        problems.add(at + "unexpected tool_use_id " + block.path("tool_use_id"));
                    }
                    result(at, block);
                }
                default -> problems.add(at + "block of a user: " + block.path("type"));
            }
        }
        if (!missing.isEmpty()) {
            problems.add(at + "tool_use ids without tool_result: " + missing);
        }
    }

    private void result(String at, JsonNode block) {
        JsonNode content = block.path("content");
        if (!(content.isTextual() || content.isArray() || content.isMissingNode())) {
            problems.add(at + "content of a tool_result: " + content.getNodeType());
        }
        for (JsonNode part : content) {
            common(at, part);
            String type = part.path("type").asText();
            if (type.equals("text")) {
                text(at, part);
            } else if (type.equals("image") || type.equals("document")) {
                images++;
                if (block.path("is_error").asBoolean()) {
                    problems.add(at + "all content must be text if is_error is true");
                }
            } else {
                problems.add(at + "part of a tool_result: " + type);
            }
        }
    }

    private List<String> assistant(String at, JsonNode content, boolean isLast) {
        List<String> calls = new ArrayList<>();
        Set<String> served = new HashSet<>();
        String type = "";
        for (JsonNode block : content) {
            common(at, block);
            type = block.path("type").asText();
            switch (type) {
                case "text" -> text(at, block);
                case "thinking" -> {
                    if (block.path("signature").asText().isEmpty()) {
                        problems.add(at + "thinking.signature: Field required");
                    }
                }
                case "redacted_thinking" -> {
                    if (block.path("data").asText().isEmpty()) {
                        problems.add(at + "redacted_thinking.data: Field required");
                    }
                }
                case "tool_use" -> {
                    call(at, block);
                    calls.add(block.path("id").asText());
                }
                case "server_tool_use" -> {
                    call(at, block);
                    served.add(block.path("id").asText());
                }
                case "web_search_tool_result" -> {
                    if (!served.remove(block.path("tool_use_id").asText())) {
                        problems.add(at + "a result without server_tool_use");
                    }
                }
                default -> problems.add(at + "block of the assistant: " + type);
            }
        }
        if (type.endsWith("thinking")) {
            problems.add(at + "the final block cannot be " + type);
        }
        if (!isLast && !served.isEmpty()) {
            problems.add(at + "server_tool_use without result: " + served);
        }
        String end = content.path(content.size() - 1).path("text").asText();
        if (isLast && !end.equals(end.stripTrailing())) {
            problems.add(at + "final assistant content cannot end with trailing whitespace");
        }
        return calls;
    }

    private void call(String at, JsonNode block) {
        String id = block.path("id").asText();
        if (!ids.add(id)) {
            problems.add(at + "`tool_use` ids must be unique: " + id);
        }
        if (!NAME.matcher(id).matches() || !NAME.matcher(block.path("name").asText()).matches()) {
            problems.add(at + "id or name: String should match pattern");
        }
        if (!block.path("input").isObject()) {
            problems.add(at + "tool_use.input: Input should be a valid dictionary");
        }
    }

    private void text(String at, JsonNode block) {
        if (!block.path("text").isTextual() || block.path("text").asText().isBlank()) {
            problems.add(at + "text content blocks must contain non-whitespace text");
        }
    }

    private void common(String at, JsonNode block) {
        if (block.has("cache_control")) {
            markers++;
            if (block.path("type").asText().endsWith("thinking")) {
                problems.add(at + "thinking.cache_control: Extra inputs are not permitted");
            }
        }
    }
}
