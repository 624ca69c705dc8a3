package dev.oriel.message.find;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The text of a message that a reader sees in the conversation: prompts, answers without the marks
/// of Markdown, thinking, the inputs and results of tools, changed lines of files, and notices. Of
/// a subagent also its answers and tool calls, but not its prompt, which is an input, nor its
/// thinking, which is not shown. Not images.
///
/// Reads the bytes as a stream; parts that are not needed, such as an image of 20 MB, are skipped
/// without being built.
public final class MessageText {
    /// Characters that are taken of one string, as many as the window shows. The rest cannot be
    /// found.
    private static final int MAX_STRING = 256 * 1024;

    /// Characters that are taken of one message.
    private static final int MAX_MESSAGE = 2 * 1024 * 1024;

    private final boolean markdown;
    private final boolean promptOnly;

    /// Whether texts are read: answers and prompts.
    private final boolean said;

    /// Whether thinking is read.
    private final boolean thought;

    private final StringBuilder out = new StringBuilder();
    private boolean result;

    private MessageText(boolean markdown, boolean promptOnly) {
        this(markdown, promptOnly, true, true);
    }

    private MessageText(boolean markdown, boolean promptOnly, boolean said, boolean thought) {
        this.markdown = markdown;
        this.promptOnly = promptOnly;
        this.said = said;
        this.thought = thought;
    }

    /// The text of a message.
    ///
    /// @param message any message
    /// @return lines that end with line feeds; empty if the message shows no text
    public static String of(Message message) {
        if (message.parentToolUseId() != null) {
            return ofSubagent(message);
        }
        return switch (message.type()) {
            case MessageType.ASSISTANT -> read(message, new MessageText(true, false));
            case MessageType.USER -> read(message, new MessageText(false, false));
            case MessageType.RESULT -> members(message, "errors");
            case MessageType.SYSTEM -> ofSystem(message);
            default -> "";
        };
    }

    private static String ofSubagent(Message message) {
        return switch (message.type()) {
            case MessageType.ASSISTANT -> read(message, new MessageText(true, false, true, false));
            case MessageType.USER -> read(message, new MessageText(false, false, false, false));
            default -> "";
        };
    }

    private static String ofSystem(Message message) {
        return switch (message.subtype()) {
            case SystemSubtype.LOCAL_COMMAND_OUTPUT, SystemSubtype.INFORMATIONAL ->
                    members(message, "content");
            case SystemSubtype.ORIEL_CONTROL, SystemSubtype.ORIEL_AGENT_EXITED ->
                    members(message, "text");
            case null, default -> "";
        };
    }

    /// The text of a prompt of the user.
    ///
    /// @param message any message
    /// @return empty if it is not a prompt of the user
    public static String ofPrompt(Message message) {
        return message.is(MessageType.USER) && message.parentToolUseId() == null
                ? read(message, new MessageText(false, true))
                : "";
    }

    private static String read(Message message, MessageText text) {
        try (JsonParser p = Json.mapper().getFactory().createParser(message.bytes())) {
            p.nextToken();
            text.message(p);
        } catch (IOException e) {
            // A message is JSON. If it is not, what was read before the error counts.
            return text.out.toString();
        }
        return text.promptOnly && text.result ? "" : text.out.toString();
    }

    private static String members(Message message, String name) {
        MessageText text = new MessageText(false, false);
        try (JsonParser p = Json.mapper().getFactory().createParser(message.bytes())) {
            p.nextToken();
            String member;
            while ((member = p.nextFieldName()) != null) {
                JsonToken value = p.nextToken();
                if (member.equals(name)) {
                    text.strings(p, value);
                } else {
                    p.skipChildren();
                }
            }
        } catch (IOException e) {
            return text.out.toString();
        }
        return text.out.toString();
    }

    private void message(JsonParser p) throws IOException {
        String name;
        while ((name = p.nextFieldName()) != null) {
            JsonToken value = p.nextToken();
            switch (name) {
                case "message" -> inner(p, value);
                case "tool_use_result" -> changes(p, value);
                case "isSynthetic", "isReplay", "isMeta", "isCompactSummary" ->
                        result |= value == JsonToken.VALUE_TRUE;
                default -> p.skipChildren();
            }
        }
    }

    private void inner(JsonParser p, JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        String name;
        while ((name = p.nextFieldName()) != null) {
            JsonToken member = p.nextToken();
            if (name.equals("content")) {
                content(p, member);
            } else {
                p.skipChildren();
            }
        }
    }

    /// A string, or an array of blocks.
    private void content(JsonParser p, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            text(p, said, markdown);
        } else if (value == JsonToken.START_ARRAY) {
            JsonToken item;
            while ((item = p.nextToken()) != JsonToken.END_ARRAY && item != null) {
                if (item == JsonToken.START_OBJECT) {
                    block(p);
                } else {
                    p.skipChildren();
                }
            }
        } else {
            p.skipChildren();
        }
    }

    private void block(JsonParser p) throws IOException {
        String tool = "";
        String name;
        while ((name = p.nextFieldName()) != null) {
            JsonToken value = p.nextToken();
            switch (name) {
                case "text" -> text(p, said, markdown);
                case "thinking" -> text(p, thought, false);
                case "name" -> {
                    tool = value == JsonToken.VALUE_STRING ? p.getText() : "";
                    p.skipChildren();
                }
                case "input" -> input(p, value, tool);
                case "tool_use_id" -> {
                    result = true;
                    p.skipChildren();
                }
                case "content" -> strings(p, value);
                default -> p.skipChildren();
            }
        }
    }

    private void text(JsonParser p, boolean shown, boolean asMarkdown) throws IOException {
        if (shown) {
            add(p, asMarkdown);
        }
        p.skipChildren();
    }

    /// The strings of a tool's input. Those of an edit are in the changes that its result reports.
    private void input(JsonParser p, JsonToken value, String tool) throws IOException {
        if (value != JsonToken.START_OBJECT || !tool.endsWith("Edit")) {
            strings(p, value);
            return;
        }
        String name;
        while ((name = p.nextFieldName()) != null) {
            JsonToken member = p.nextToken();
            if (name.equals("file_path") || name.equals("notebook_path")) {
                strings(p, member);
            } else {
                p.skipChildren();
            }
        }
    }

    /// All strings of a value, at any depth, except the names of types and what is encoded. The
    /// data of a source whose type is `text` is not encoded.
    private void strings(JsonParser p, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            add(p, false);
            return;
        }
        int depth = 0;
        String member = "";
        boolean plain = false;
        for (@Nullable JsonToken t = value; t != null; t = p.nextToken()) {
            if (t.isStructStart()) {
                depth++;
                plain = false;
            } else if (t.isStructEnd()) {
                depth--;
                member = "";
                plain = false;
            } else if (t == JsonToken.FIELD_NAME) {
                member = p.currentName();
            } else if (t == JsonToken.VALUE_STRING && member.equals("type")) {
                plain = p.getText().equals("text");
            } else if (t == JsonToken.VALUE_STRING
                    && (!isHidden(member) || (plain && member.equals("data")))) {
                add(p, false);
            }
            if (depth == 0) {
                return;
            }
        }
    }

    private static boolean isHidden(String member) {
        return switch (member) {
            case "type", "media_type", "data", "encrypted_content", "id", "tool_use_id" -> true;
            default -> false;
        };
    }

    /// The changed lines of a file, without their marks. They replace what the tool says.
    private void changes(JsonParser p, JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        int before = out.length();
        String name;
        while ((name = p.nextFieldName()) != null) {
            JsonToken member = p.nextToken();
            if (name.equals("structuredPatch") && member == JsonToken.START_ARRAY) {
                patch(p);
            } else {
                p.skipChildren();
            }
        }
        if (out.length() > before) {
            out.delete(0, before);
        }
    }

    private void patch(JsonParser p) throws IOException {
        int depth = 1;
        while (depth > 0) {
            JsonToken t = p.nextToken();
            if (t == null) {
                return;
            } else if (t.isStructStart()) {
                depth++;
            } else if (t.isStructEnd()) {
                depth--;
            } else if (t == JsonToken.VALUE_STRING && out.length() < MAX_MESSAGE) {
                String line = p.getText();
                out.append(line, Math.min(1, line.length()), line.length()).append('\n');
            }
        }
    }

    private void add(JsonParser p, boolean asMarkdown) throws IOException {
        int room = Math.min(MAX_STRING, MAX_MESSAGE - out.length());
        if (p.currentToken() != JsonToken.VALUE_STRING || room <= 0) {
            return;
        }
        String value = p.getText();
        String text = value.length() > room ? value.substring(0, room) : value;
        if (asMarkdown) {
            PlainMarkdown.appendTo(out, text);
        } else {
            out.append(text).append('\n');
        }
    }
}
