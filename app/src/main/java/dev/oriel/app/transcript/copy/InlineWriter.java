package dev.oriel.app.transcript.copy;

import dev.oriel.app.text.markdown.ItemMarkdown;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.Embedded;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.fxmisc.richtext.model.StyledSegment;

/// Writes a part of a paragraph as Markdown: emphasis, code, links; other characters that Markdown
/// would take for marks are escaped.
final class InlineWriter {
    /// Style classes of what the window writes, which is not copied.
    private static final Set<String> OWN = Set.of("gutter", "tool-state", "more", "footnote-back");

    /// What Markdown has no mark for, and the HTML element of it.
    private static final Map<String, String> ELEMENTS =
            new TreeMap<>(
                    Map.of(
                            "underline", "<u>",
                            "highlighted", "<mark>",
                            "sub", "<sub>",
                            "sup", "<sup>"));

    private final StringBuilder out = new StringBuilder();

    /// The marks that are open, outermost first.
    private final List<String> open = new ArrayList<>();

    /// The address of the open link; empty if there is none.
    private String link = "";

    /// White space that is written after the marks that end before it.
    private String spaces = "";

    /// The code that is being collected; consecutive segments can differ in colour only.
    private final StringBuilder code = new StringBuilder();

    private InlineWriter() {}

    /// Writes the characters of the segments from `start` to `end`.
    static String write(List<StyledSegment<String, TextStyle>> segments, int start, int end) {
        InlineWriter writer = new InlineWriter();
        int at = 0;
        for (StyledSegment<String, TextStyle> segment : segments) {
            String text = segment.getSegment();
            int from = Math.max(0, start - at);
            int to = Math.min(text.length(), end - at);
            if (from < to
                    && !segment.getStyle().isLayoutMark()
                    && segment.getStyle().classes().stream().noneMatch(OWN::contains)) {
                Embedded embedded = segment.getStyle().embedded();
                writer.add(
                        embedded == null ? text.substring(from, to) : embedded.text(),
                        segment.getStyle());
            }
            at += text.length();
        }
        writer.flushCode();
        writer.close(List.of(), "");
        return writer.out + writer.spaces;
    }

    private void add(String text, TextStyle style) {
        List<String> classes = style.classes();
        if (classes.contains("code-inline") || classes.contains("tool-argument")) {
            if (code.isEmpty()) {
                enter(marks(classes), url(style), "");
            }
            code.append(text);
            return;
        }
        flushCode();
        String core = text.strip();
        if (core.isEmpty()) {
            spaces += text;
            return;
        }
        int lead = text.indexOf(core);
        enter(marks(classes), url(style), text.substring(0, lead));
        out.append(classes.contains("formula") ? core : escape(core, out));
        spaces = text.substring(lead + core.length());
    }

    private void flushCode() {
        if (!code.isEmpty()) {
            String text = code.toString();
            code.setLength(0);
            out.append(ItemMarkdown.codeSpan(text.strip()));
            spaces = text.endsWith(" ") ? " " : "";
        }
    }

    private static List<String> marks(List<String> classes) {
        List<String> marks = new ArrayList<>();
        if (classes.contains("strong") || classes.contains("tool-name")) {
            marks.add("**");
        }
        if (classes.contains("strike")) {
            marks.add("~~");
        }
        if (classes.contains("em")) {
            marks.add("*");
        }
        for (Map.Entry<String, String> element : ELEMENTS.entrySet()) {
            if (classes.contains(element.getKey())) {
                marks.add(element.getValue());
            }
        }
        return marks;
    }

    private static String url(TextStyle style) {
        return style.action() instanceof ClickAction.OpenLink(String url) ? url : "";
    }

    private void enter(List<String> marks, String url, String lead) {
        spaces += lead;
        close(marks, url);
        out.append(spaces);
        spaces = "";
        if (!url.isEmpty() && link.isEmpty()) {
            // After an exclamation mark, it would be an image.
            if (!out.isEmpty() && out.charAt(out.length() - 1) == '!') {
                out.insert(out.length() - 1, '\\');
            }
            out.append('[');
            link = url;
        }
        for (String mark : marks) {
            if (!open.contains(mark)) {
                out.append(mark);
                open.add(mark);
            }
        }
    }

    /// Ends the marks that do not go on, and those inside of them.
    private void close(List<String> kept, String url) {
        boolean linkEnds = !link.isEmpty() && !link.equals(url);
        boolean linkBegins = link.isEmpty() && !url.isEmpty();
        int outer = 0;
        while (!linkEnds && !linkBegins && outer < open.size() && kept.contains(open.get(outer))) {
            outer++;
        }
        while (open.size() > outer) {
            String mark = open.removeLast();
            out.append(mark.startsWith("<") ? "</" + mark.substring(1) : mark);
        }
        if (linkEnds) {
            boolean plain = link.chars().noneMatch(c -> c == '(' || c == ')' || c <= ' ');
            out.append("](").append(plain ? link : "<" + link + ">").append(')');
            link = "";
        }
    }

    /// Escapes what would be a mark.
    private static String escape(String text, StringBuilder before) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char last =
                    i > 0
                            ? text.charAt(i - 1)
                            : before.isEmpty() ? ' ' : before.charAt(before.length() - 1);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            if (isMark(c, last, next)) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    private static boolean isMark(char c, char last, char next) {
        return switch (c) {
            case '\\', '`', '*' -> !(c == '*' && last == ' ' && next == ' ');
            case '_' -> !(Character.isLetterOrDigit(last) && Character.isLetterOrDigit(next));
            case '~' -> next == '~' || last == '~';
            case '<' -> Character.isLetter(next) || next == '/' || next == '!';
            case '&' -> Character.isLetter(next) || next == '#';
            case '[' -> last != '[';
            case ']' -> next == '(' || next == '[' || next == ':';
            default -> false;
        };
    }

    /// Escapes the beginning of a paragraph if it would begin another kind of block.
    static String escapeStart(String line) {
        if (line.matches("(?s)(#{1,6}|[-+*>]|[-+*>]\\s.*|#{1,6}\\s.*|=+\\s*|-{3,}\\s*|~~~.*)")) {
            return '\\' + line;
        }
        return line.matches("(?s)\\d{1,9}[.)]\\s.*") ? line.replaceFirst("([.)])", "\\\\$1") : line;
    }
}
