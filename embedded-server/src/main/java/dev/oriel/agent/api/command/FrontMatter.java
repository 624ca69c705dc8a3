package dev.oriel.agent.api.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part between two lines `---` at the beginning of a Markdown file: of YAML only what such
/// files use, names with a text or with a list of texts. What it cannot read is skipped. Immutable.
///
/// @param values by name in lower case; a text is a list of one
/// @param body the rest of the file
record FrontMatter(Map<String, List<String>> values, String body) {
    private static final String MARK = "---";
    private static final int MAX_LINES = 200;

    FrontMatter {
        values = Map.copyOf(values);
    }

    /// A file that does not begin with a complete front matter is all body.
    static FrontMatter parse(String file) {
        String text = file.replace("\r\n", "\n").replace('\r', '\n');
        if (!text.startsWith(MARK + "\n")) {
            return new FrontMatter(Map.of(), text);
        }
        int at = MARK.length() + 1;
        List<String> lines = new ArrayList<>();
        while (lines.size() < MAX_LINES && at < text.length()) {
            int end = text.indexOf('\n', at);
            String line = text.substring(at, end < 0 ? text.length() : end);
            at = end < 0 ? text.length() : end + 1;
            if (line.stripTrailing().equals(MARK)) {
                return new FrontMatter(values(lines), text.substring(at));
            }
            lines.add(line);
        }
        return new FrontMatter(Map.of(), text);
    }

    private static Map<String, List<String>> values(List<String> lines) {
        Map<String, List<String>> values = new HashMap<>();
        List<String> open = new ArrayList<>();
        String block = "";
        for (String line : lines) {
            String stripped = line.strip();
            boolean isIndented = !line.isEmpty() && Character.isWhitespace(line.charAt(0));
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            if (stripped.startsWith("- ")) {
                open.add(scalar(stripped.substring(2)));
            } else if (isIndented && !block.isEmpty()) {
                String before = open.isEmpty() ? "" : open.removeLast();
                String separator = before.isEmpty() ? "" : block.startsWith("|") ? "\n" : " ";
                open.add(before + separator + stripped);
            } else if (!isIndented && stripped.indexOf(':') > 0) {
                int colon = stripped.indexOf(':');
                String value = stripped.substring(colon + 1).strip();
                boolean isBlock = value.matches("[|>][+-]?\\d?");
                open = new ArrayList<>();
                block = isBlock ? value : value.isEmpty() ? "" : ">";
                if (!isBlock && !value.isEmpty()) {
                    open.addAll(list(value));
                }
                values.put(stripped.substring(0, colon).strip().toLowerCase(Locale.ROOT), open);
            }
        }
        values.replaceAll((_, list) -> List.copyOf(list));
        return values;
    }

    private static List<String> list(String value) {
        if (!value.startsWith("[") || !value.endsWith("]")) {
            return List.of(scalar(value));
        }
        List<String> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        char quote = 0;
        int depth = 0;
        for (char c : value.substring(1, value.length() - 1).toCharArray()) {
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if ((c == '"' || c == '\'') && item.toString().isBlank()) {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            }
            if (c == ',' && quote == 0 && depth <= 0) {
                items.add(scalar(item.toString()));
                item.setLength(0);
            } else {
                item.append(c);
            }
        }
        items.add(scalar(item.toString()));
        items.removeIf(String::isEmpty);
        return items;
    }

    private static String scalar(String text) {
        String value = text.strip();
        if (value.length() >= 2) {
            char first = value.charAt(0);
            if ((first == '"' || first == '\'') && value.charAt(value.length() - 1) == first) {
                String inner = value.substring(1, value.length() - 1);
                return first == '"'
                        ? inner.replace("\\\"", "\"").replace("\\\\", "\\")
                        : inner.replace("''", "'");
            }
        }
        int comment = value.indexOf(" #");
        return comment < 0 ? value : value.substring(0, comment).stripTrailing();
    }

    /// The text of a name; a list is joined by commas.
    ///
    /// @return null if it is missing or empty
    @Nullable String text(String name) {
        String text = String.join(", ", values.getOrDefault(name, List.of())).strip();
        return text.isEmpty() ? null : text;
    }

    boolean isTrue(String name) {
        String text = text(name);
        return text != null && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes"));
    }

    boolean isFalse(String name) {
        String text = text(name);
        return text != null && (text.equalsIgnoreCase("false") || text.equalsIgnoreCase("no"));
    }
}
