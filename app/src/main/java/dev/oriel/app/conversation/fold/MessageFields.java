package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.message.BlockType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads members of messages leniently: a member that is missing or has another type reads as
/// empty.
public final class MessageFields {
    private MessageFields() {}

    static String text(JsonNode node, String member) {
        return node.path(member).asText("");
    }

    /// The journaled position of a message, from 1; 0 if it is not journaled.
    public static long seq(JsonNode message) {
        return message.path("seq").asLong(0);
    }

    static @Nullable Instant timestamp(JsonNode message) {
        String text = text(message, "timestamp");
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /// Whether an `assistant` message is an error, or was written by the CLI itself.
    static boolean isError(JsonNode assistant) {
        return assistant.hasNonNull("error")
                || assistant.path("is_api_error_message").asBoolean()
                || text(assistant.path("message"), "model").equals("<synthetic>");
    }

    /// Whether asks of the session are open.
    ///
    /// @param session of an `oriel_session` message
    static boolean hasAsks(JsonNode session) {
        return session.path("asks").asInt() > 0 || text(session, "state").equals("asking");
    }

    /// The id of the tool call that a subagent works for; empty for messages of the conversation
    /// itself.
    static String parentToolUseId(JsonNode message) {
        JsonNode p = message.path("parent_tool_use_id");
        return p.isTextual() ? p.textValue() : "";
    }

    /// The text of content as the API has it: a string, or the `text` blocks of an array, joined by
    /// line feeds.
    static String content(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder all = new StringBuilder();
        for (JsonNode block : content) {
            if (block.isTextual() || text(block, "type").equals(BlockType.TEXT)) {
                String text = block.isTextual() ? block.textValue() : text(block, "text");
                if (!all.isEmpty() && !text.isEmpty()) {
                    all.append('\n');
                }
                all.append(text);
            }
        }
        return all.toString();
    }

    static int count(JsonNode content, String... types) {
        int n = 0;
        if (content.isArray()) {
            for (JsonNode block : content) {
                if (List.of(types).contains(text(block, "type"))) {
                    n++;
                }
            }
        }
        return n;
    }

    /// The tool's name, with its server's if it is a tool of an MCP server.
    static String toolName(JsonNode call) {
        String server = text(call, "server_name");
        String name = text(call, "name");
        return server.isEmpty() ? name : "mcp__" + server + "__" + name;
    }

    static List<ToolRun.Field> fields(JsonNode input) {
        List<ToolRun.Field> fields = new ArrayList<>();
        if (!input.isObject() && !input.isNull() && !input.isMissingNode()) {
            String text = input.isTextual() ? input.textValue() : input.toPrettyString();
            fields.add(new ToolRun.Field("input", Truncation.truncate(text), input.isTextual()));
        }
        input.properties()
                .forEach(e -> {
                    JsonNode v = e.getValue();
                    if (e.getKey().equals("edits") && isEdits(v)) {
                        v.forEach(edit -> addEdit(edit, fields));
                        return;
                    }
                    String text =
                            v.isTextual()
                                    ? v.textValue()
                                    : v.isContainerNode() ? v.toPrettyString() : v.asText();
                    fields.add(
                            new ToolRun.Field(
                                    e.getKey(), Truncation.truncate(text), v.isTextual()));
                });
        return fields;
    }

    /// The members of an edit in an order that tells it from the next one: `old_string` first.
    private static void addEdit(JsonNode edit, List<ToolRun.Field> fields) {
        List<ToolRun.Field> own = fields(edit);
        List<String> order = List.of("old_string", "new_string");
        own.stream()
                .sorted(
                        Comparator.comparingInt(
                                f -> order.indexOf(f.name()) < 0 ? 2 : order.indexOf(f.name())))
                .forEach(fields::add);
    }

    /// Several edits of one file, each of which is shown as its own edit.
    private static boolean isEdits(JsonNode value) {
        return value.isArray()
                && !value.isEmpty()
                && value.valueStream().allMatch(e -> e.has("old_string") && e.has("new_string"));
    }
}
