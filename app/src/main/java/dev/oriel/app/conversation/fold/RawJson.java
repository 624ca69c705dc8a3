package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Graphemes;
import java.util.Iterator;
import java.util.Map;

/// Prints JSON over several lines, bounded: long texts are cut, and what exceeds [#LONGEST] in all
/// is left out and counted.
final class RawJson {
    /// The longest result, characters, not counting what closes it.
    static final int LONGEST = 32 * 1024;

    private static final int LONGEST_TEXT = 2_000;
    private static final int DEEPEST = 40;

    private final StringBuilder out = new StringBuilder();
    private int omitted;

    private RawJson() {}

    static String of(JsonNode node) {
        RawJson json = new RawJson();
        json.write(node, 0);
        if (json.omitted > 0) {
            json.out.append("\n… %,d more values".formatted(json.omitted));
        }
        return json.out.toString();
    }

    private void write(JsonNode node, int depth) {
        if (node.isTextual()) {
            String text = node.textValue();
            if (text.length() > LONGEST_TEXT) {
                int end = Graphemes.prefixEnd(text, LONGEST_TEXT);
                quote(text.substring(0, end));
                out.append(" … %,d more characters".formatted(text.length() - end));
            } else {
                quote(text);
            }
        } else if (node.isEmpty() || node.isValueNode()) {
            out.append(node);
        } else if (depth > DEEPEST) {
            out.append("…");
        } else if (node.isArray()) {
            out.append('[');
            Iterator<JsonNode> all = node.iterator();
            while (all.hasNext()) {
                JsonNode each = all.next();
                if (startsMember(depth)) {
                    write(each, depth + 1);
                    out.append(all.hasNext() ? "," : "");
                }
            }
            newLine(depth);
            out.append(']');
        } else {
            out.append('{');
            Iterator<Map.Entry<String, JsonNode>> all = node.properties().iterator();
            while (all.hasNext()) {
                Map.Entry<String, JsonNode> each = all.next();
                if (startsMember(depth)) {
                    String key = each.getKey();
                    quote(key.substring(0, Graphemes.prefixEnd(key, LONGEST_TEXT)));
                    out.append(": ");
                    write(each.getValue(), depth + 1);
                    out.append(all.hasNext() ? "," : "");
                }
            }
            newLine(depth);
            out.append('}');
        }
    }

    private boolean startsMember(int depth) {
        if (out.length() > LONGEST) {
            omitted++;
            return false;
        }
        newLine(depth + 1);
        return true;
    }

    private void newLine(int depth) {
        out.append('\n').repeat("  ", depth);
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
