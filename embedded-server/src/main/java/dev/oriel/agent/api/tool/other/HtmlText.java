package dev.oriel.agent.api.tool.other;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The text of an HTML page for a model, with headings, list items and links as in Markdown. Reads
/// any input; keeps what it does not understand as text. Pure.
final class HtmlText {
    /// Elements whose content is not text of the page.
    private static final Set<String> SKIPPED =
            Set.of(
                    "script",
                    "style",
                    "noscript",
                    "template",
                    "svg",
                    "iframe",
                    "object",
                    "canvas",
                    "select",
                    "textarea",
                    "button");

    private static final Set<String> BLOCKS =
            Set.of(
                    "p",
                    "div",
                    "section",
                    "article",
                    "header",
                    "footer",
                    "main",
                    "nav",
                    "aside",
                    "table",
                    "tr",
                    "ul",
                    "ol",
                    "dl",
                    "dt",
                    "dd",
                    "blockquote",
                    "figure",
                    "form",
                    "fieldset",
                    "hr",
                    "address",
                    "details",
                    "summary",
                    "title",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "li",
                    "pre",
                    "br");

    private static final Map<String, String> ENTITIES =
            Map.ofEntries(
                    Map.entry("amp", "&"),
                    Map.entry("lt", "<"),
                    Map.entry("gt", ">"),
                    Map.entry("quot", "\""),
                    Map.entry("apos", "'"),
                    Map.entry("nbsp", " "),
                    Map.entry("ndash", "–"),
                    Map.entry("mdash", "—"),
                    Map.entry("hellip", "…"),
                    Map.entry("laquo", "«"),
                    Map.entry("raquo", "»"),
                    Map.entry("lsquo", "‘"),
                    Map.entry("rsquo", "’"),
                    Map.entry("ldquo", "“"),
                    Map.entry("rdquo", "”"),
                    Map.entry("bull", "•"),
                    Map.entry("middot", "·"),
                    Map.entry("times", "×"),
                    Map.entry("copy", "©"),
                    Map.entry("reg", "®"),
                    Map.entry("trade", "™"),
                    Map.entry("deg", "°"),
                    Map.entry("euro", "€"));

    private final String html;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int preformatted;
    private String link = "";

    private HtmlText(String html) {
        this.html = html;
    }

    static String of(String html) {
        HtmlText text = new HtmlText(html);
        text.read();
        // By lines: a pattern that looks for space before a line's end is quadratic.
        return text.out
                .toString()
                .lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }

    private void read() {
        while (at < html.length()) {
            int next = html.indexOf('<', at);
            if (next < 0) {
                append(html.substring(at));
                return;
            }
            append(html.substring(at, next));
            at = next;
            tag();
        }
    }

    private void tag() {
        if (html.startsWith("<!--", at)) {
            skipTo("-->", at + 4);
        } else if (html.startsWith("<!", at) || html.startsWith("<?", at)) {
            skipTo(">", at + 2);
        } else {
            boolean isEnd = html.startsWith("</", at);
            int start = at + (isEnd ? 2 : 1);
            int end = start;
            while (end < html.length() && isNamePart(html.charAt(end))) {
                end++;
            }
            String name = html.substring(start, end).toLowerCase(Locale.ROOT);
            if (name.isEmpty()) {
                append("<");
                at++;
                return;
            }
            int close = endOfTag(end);
            String attributes = html.substring(end, close);
            at = Math.min(html.length(), close + 1);
            if (isEnd) {
                end(name);
            } else {
                begin(name, attributes);
            }
        }
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == ':';
    }

    /// The position of the `>` that is not in a quoted value; the end of the text if there is none.
    private int endOfTag(int from) {
        char quote = 0;
        for (int i = from; i < html.length(); i++) {
            char c = html.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if ((c == '"' || c == '\'') && i > 0 && html.charAt(i - 1) == '=') {
                quote = c;
            } else if (c == '>') {
                return i;
            }
        }
        return html.length();
    }

    private void skipTo(String end, int from) {
        int found = html.indexOf(end, from);
        at = found < 0 ? html.length() : found + end.length();
    }

    private void begin(String name, String attributes) {
        if (SKIPPED.contains(name)) {
            if (!attributes.endsWith("/")) {
                skipElement(name);
            }
            return;
        }
        if (BLOCKS.contains(name)) {
            newLine();
        }
        switch (name) {
            case "h1", "h2", "h3", "h4", "h5", "h6" ->
                    out.append("\n").append("#".repeat(name.charAt(1) - '0')).append(' ');
            case "li" -> out.append("- ");
            case "p", "blockquote", "table", "ul", "ol" -> out.append('\n');
            case "td", "th" ->
                    out.append(
                            out.isEmpty() || out.charAt(out.length() - 1) == '\n' ? "| " : " | ");
            case "pre" -> {
                out.append("```\n");
                preformatted++;
            }
            case "a" -> {
                link = attribute(attributes, "href");
                if (isLink()) {
                    out.append('[');
                }
            }
            default -> {
                // Only its text matters.
            }
        }
    }

    private void end(String name) {
        switch (name) {
            case "pre" -> {
                if (preformatted > 0) {
                    preformatted--;
                    newLine();
                    out.append("```");
                }
            }
            case "a" -> {
                if (isLink()) {
                    out.append("](").append(link).append(')');
                }
                link = "";
            }
            default -> {
                // Only its text matters.
            }
        }
        if (BLOCKS.contains(name)) {
            newLine();
        }
    }

    private boolean isLink() {
        return link.startsWith("http:") || link.startsWith("https:") || link.startsWith("/");
    }

    /// Ignores case without a copy of the rest for each element.
    private void skipElement(String name) {
        String end = "</" + name;
        int i = at;
        while (i < html.length() && !html.regionMatches(true, i, end, 0, end.length())) {
            int next = html.indexOf("</", i + 1);
            i = next < 0 ? html.length() : next;
        }
        at = i;
        if (i < html.length()) {
            skipTo(">", i);
        }
    }

    private static String attribute(String attributes, String name) {
        int from = attributes.toLowerCase(Locale.ROOT).indexOf(name + "=");
        if (from < 0) {
            return "";
        }
        String value = attributes.substring(from + name.length() + 1).strip();
        if (value.isEmpty()) {
            return "";
        }
        char quote = value.charAt(0);
        if (quote == '"' || quote == '\'') {
            int end = value.indexOf(quote, 1);
            return unescaped(value.substring(1, end < 0 ? value.length() : end)).strip();
        }
        return unescaped(value.split("\\s", 2)[0]);
    }

    private void append(String raw) {
        String text = unescaped(raw);
        if (preformatted > 0) {
            out.append(text);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isWhitespace(c)) {
                out.append(c);
            } else if (!out.isEmpty() && !Character.isWhitespace(out.charAt(out.length() - 1))) {
                out.append(' ');
            }
        }
    }

    private void newLine() {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
            out.append('\n');
        }
    }

    private static String unescaped(String text) {
        int next = text.indexOf('&');
        if (next < 0) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length());
        int from = 0;
        while (next >= 0) {
            // Not further than a name is long: the text may have any number of these signs.
            int end = text.indexOf(';', next, Math.min(text.length(), next + 12));
            String character = end < 0 ? null : character(text.substring(next + 1, end));
            result.append(text, from, next).append(character == null ? "&" : character);
            from = character == null ? next + 1 : end + 1;
            next = text.indexOf('&', from);
        }
        return result.append(text, from, text.length()).toString();
    }

    private static @Nullable String character(String entity) {
        if (!entity.startsWith("#")) {
            return ENTITIES.get(entity);
        }
        try {
            boolean isHex = entity.startsWith("#x") || entity.startsWith("#X");
            int code =
                    isHex
                            ? Integer.parseInt(entity.substring(2), 16)
                            : Integer.parseInt(entity.substring(1));
            boolean isText =
                    Character.isValidCodePoint(code)
                            && code > 0
                            && (code < 0xD800 || code > 0xDFFF);
            return isText ? Character.toString(code) : "\uFFFD";
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
