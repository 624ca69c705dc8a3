package dev.oriel.journal.search;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.oriel.message.Json;
import dev.oriel.message.find.DocumentSource;
import java.io.IOException;

/// Extracts the text of a message that users search for: prompts with their text files, answers,
/// the strings of a tool's input, and a tool's result; not thinking, images, or messages of Oriel
/// and the agent about themselves.
///
/// Reads the message as a stream. Parts that are not needed, such as an image of 20 MB, are skipped
/// without being built.
final class SearchableText {
    /// Characters that are taken of one block. The rest cannot be found.
    private static final int MAX_BLOCK_CHARS = 20 * 1024;

    /// Characters that are taken of one message.
    private static final int MAX_MESSAGE_CHARS = 128 * 1024;

    private final StringBuilder text = new StringBuilder();
    private int block;

    private SearchableText() {}

    /// @return empty if there is none
    static String from(byte[] body) {
        SearchableText found = new SearchableText();
        try (JsonParser p = Json.mapper().getFactory().createParser(body)) {
            if (p.nextToken() == JsonToken.START_OBJECT) {
                found.message(p);
            }
        } catch (IOException e) {
            // Only complete messages are journaled. If one is not, the text before the error can be
            // found.
            return found.text.toString();
        }
        return found.text.toString();
    }

    private void message(JsonParser p) throws IOException {
        String name;
        while ((name = p.nextFieldName()) != null) {
            JsonToken value = p.nextToken();
            if (name.equals("message") && value == JsonToken.START_OBJECT) {
                inner(p);
            } else {
                p.skipChildren();
            }
        }
    }

    private void inner(JsonParser p) throws IOException {
        String name;
        while ((name = p.nextFieldName()) != null) {
            JsonToken value = p.nextToken();
            if (name.equals("content")) {
                content(p, value);
            } else {
                p.skipChildren();
            }
        }
    }

    /// A string, or an array of blocks.
    private void content(JsonParser p, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            block = 0;
            add(p);
        } else if (value == JsonToken.START_ARRAY) {
            JsonToken item;
            while ((item = p.nextToken()) != JsonToken.END_ARRAY && item != null) {
                if (item == JsonToken.START_OBJECT) {
                    block = 0;
                    block(p);
                }
            }
        } else {
            p.skipChildren();
        }
    }

    private void block(JsonParser p) throws IOException {
        String name;
        while ((name = p.nextFieldName()) != null) {
            JsonToken value = p.nextToken();
            switch (name) {
                case "text" -> {
                    add(p);
                    p.skipChildren();
                }
                case "input" -> strings(p, value);
                case "content" -> content(p, value);
                case "source" -> DocumentSource.read(p, value, this::add);
                default -> p.skipChildren();
            }
        }
    }

    /// All strings of a tool's input, at any depth.
    private void strings(JsonParser p, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            add(p);
            return;
        }
        int depth = 0;
        for (JsonToken t = value; t != null; t = p.nextToken()) {
            if (t.isStructStart()) {
                depth++;
            } else if (t.isStructEnd()) {
                depth--;
            } else if (t == JsonToken.VALUE_STRING) {
                add(p);
            }
            if (depth == 0) {
                return;
            }
        }
    }

    private void add(JsonParser p) throws IOException {
        int room = Math.min(MAX_BLOCK_CHARS - block, MAX_MESSAGE_CHARS - text.length());
        if (p.currentToken() != JsonToken.VALUE_STRING || room <= 0) {
            return;
        }
        String value = p.getText();
        text.append(value, 0, Math.min(value.length(), room)).append('\n');
        block += Math.min(value.length(), room);
    }
}
