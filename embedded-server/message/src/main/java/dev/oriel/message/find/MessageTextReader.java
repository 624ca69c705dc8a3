package dev.oriel.message.find;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Collects the text of one message from its bytes, as a stream. Used once, by one thread.
final class MessageTextReader {
    /// Characters that are taken of one string, as many as the window shows. The rest cannot be
    /// found.
    private static final int MAX_STRING = 256 * 1024;

    /// Characters that are taken of one message.
    private static final int MAX_MESSAGE = 2 * 1024 * 1024;

    /// The most characters that are reserved at first. A large message may be an image.
    private static final int MAX_FIRST = 32 * 1024;

    private final Wanted wanted;
    private final StringBuilder out;
    private boolean result;

    /// Which texts of a message are read, besides tools and their results.
    ///
    /// @param said answers and prompts
    /// @param markdown whether those are read without the marks of Markdown
    /// @param thought thinking
    /// @param documents text files that are attached to a prompt
    record Wanted(boolean said, boolean markdown, boolean thought, boolean documents) {}

    /// @param bytes the length of the message
    MessageTextReader(Wanted wanted, int bytes) {
        this.wanted = wanted;
        // Most of a message is its text. Growing by and by would leave as much garbage again.
        this.out = new StringBuilder(Math.min(bytes, MAX_FIRST));
    }

    /// What was read.
    String text() {
        return out.toString();
    }

    /// Whether the message is not what a user wrote: the result of a tool, or a message of the CLI.
    boolean isResult() {
        return result;
    }

    /// Reads the strings in members of a message.
    ///
    /// @param p at the start of the message
    void members(JsonParser p, String name) throws IOException {
        String member;
        while ((member = p.nextFieldName()) != null) {
            JsonToken value = p.nextToken();
            if (member.equals(name)) {
                strings(p, value);
            } else {
                p.skipChildren();
            }
        }
    }

    /// Reads a message of a user or an agent.
    ///
    /// @param p at the start of the message
    void message(JsonParser p) throws IOException {
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
            text(p, wanted.said(), wanted.markdown());
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
                case "text" -> text(p, wanted.said(), wanted.markdown());
                case "thinking" -> text(p, wanted.thought(), false);
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
                case "source" -> {
                    if (wanted.documents()) {
                        DocumentSource.read(p, value, at -> add(at, false));
                    } else {
                        p.skipChildren();
                    }
                }
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
