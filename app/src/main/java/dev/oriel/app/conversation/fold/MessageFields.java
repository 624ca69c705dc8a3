package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolOutput.Change;
import dev.oriel.app.conversation.item.ToolOutput.PatchLine;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.Truncation;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the parts of messages leniently: what is missing or of another shape reads as empty.
public final class MessageFields {
    private static final int MAX_PATCH_LINES = 4_000;

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

    /// Whether an `assistant` message is an error or a word of the CLI's own, in Claude's place.
    static boolean isError(JsonNode assistant) {
        return assistant.hasNonNull("error")
                || assistant.path("is_api_error_message").asBoolean()
                || text(assistant.path("message"), "model").equals("<synthetic>");
    }

    /// Whether the CLI answers in Claude's place that nobody is logged in, or not validly.
    static boolean isLoginMissing(JsonNode assistant) {
        return text(assistant, "error").equals("authentication_failed");
    }

    /// The id of the tool call for which a subagent works; empty in the conversation itself.
    static String parentToolUseId(JsonNode message) {
        JsonNode p = message.path("parent_tool_use_id");
        return p.isTextual() ? p.textValue() : "";
    }

    /// Content as the API has it: a string, or blocks of which the text ones count.
    static String content(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder all = new StringBuilder();
        for (JsonNode block : content) {
            if (block.isTextual() || text(block, "type").equals("text")) {
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

    /// What a person put beside the words of a prompt: images, documents and whatever else there
    /// is.
    static int attachments(JsonNode content) {
        return content.isArray() ? content.size() - count(content, "text", "tool_result", "") : 0;
    }

    /// The tool's name; with that of its server where an MCP server has it.
    static String toolName(JsonNode call) {
        String server = text(call, "server_name");
        String name = text(call, "name");
        return server.isEmpty() ? name : "mcp__" + server + "__" + name;
    }

    static List<ToolRun.Field> fields(JsonNode input) {
        List<ToolRun.Field> fields = new ArrayList<>();
        input.properties()
                .forEach(e -> {
                    JsonNode v = e.getValue();
                    if (e.getKey().equals("edits") && isEdits(v)) {
                        v.forEach(edit -> fields.addAll(fields(edit)));
                        return;
                    }
                    String text =
                            v.isTextual()
                                    ? v.textValue()
                                    : v.isContainerNode() ? v.toPrettyString() : v.asText();
                    fields.add(new ToolRun.Field(e.getKey(), Truncation.truncate(text)));
                });
        return fields;
    }

    /// Several edits of one file: each is shown as one.
    private static boolean isEdits(JsonNode value) {
        return value.isArray()
                && !value.isEmpty()
                && value.valueStream().allMatch(e -> e.has("old_string") && e.has("new_string"));
    }

    /// @param block a `tool_result`
    /// @param structured `tool_use_result` of the message around it: an object, a string, or
    ///   missing
    static ToolOutput output(JsonNode block, JsonNode structured) {
        ToolResultContent content = ToolResultContent.of(block.path("content"));
        return new ToolOutput(
                Truncation.truncate(content.text()),
                patch(structured.path("structuredPatch")),
                content.images());
    }

    private static List<PatchLine> patch(JsonNode hunks) {
        List<PatchLine> lines = new ArrayList<>();
        for (JsonNode hunk : hunks) {
            if (!lines.isEmpty()) {
                lines.add(new PatchLine(Change.GAP, 0, ""));
            }
            int before = hunk.path("oldStart").asInt(1);
            int after = hunk.path("newStart").asInt(1);
            for (JsonNode l : hunk.path("lines")) {
                String line = l.asText("");
                String text = line.isEmpty() ? "" : Truncation.truncate(line.substring(1));
                switch (line.isEmpty() ? ' ' : line.charAt(0)) {
                    case '+' -> lines.add(new PatchLine(Change.ADDED, after++, text));
                    case '-' -> lines.add(new PatchLine(Change.REMOVED, before++, text));
                    case '\\' -> {
                        // "\ No newline at end of file": not a line of the file
                    }
                    default -> {
                        lines.add(new PatchLine(Change.KEPT, after++, text));
                        before++;
                    }
                }
                if (lines.size() >= MAX_PATCH_LINES) {
                    return lines;
                }
            }
        }
        return lines;
    }
}
