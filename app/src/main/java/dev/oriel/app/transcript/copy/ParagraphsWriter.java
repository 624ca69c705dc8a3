package dev.oriel.app.transcript.copy;

import dev.oriel.app.text.markdown.ItemMarkdown;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.ParagraphStyle.Marker;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.document.WideLines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fxmisc.richtext.model.Paragraph;

/// Writes paragraphs, or parts of them, as Markdown, from how they are rendered.
final class ParagraphsWriter {
    /// The indentation of a list or quote, pixels.
    private static final int STEP = 24;

    private static final int MAX_LEVEL = 16;

    private final StringBuilder out = new StringBuilder();

    /// How wide the mark of the list item is that is open at each level; 0 if none is.
    private final int[] markWidths = new int[MAX_LEVEL];

    private Kind before = Kind.NONE;

    /// A part of a paragraph.
    ///
    /// @param language of the code, if it is code
    record Part(
            Paragraph<ParagraphStyle, String, TextStyle> paragraph,
            int from,
            int to,
            String language) {
        boolean is(String styleClass) {
            return paragraph.getParagraphStyle().classes().contains(styleClass);
        }

        /// The name of the group of wide lines that it is in, which is one table; may be empty.
        String group() {
            WideLines wide = paragraph.getParagraphStyle().wide();
            return wide == null ? "" : wide.id();
        }

        boolean isWhole() {
            return from == 0 && to == paragraph.length();
        }

        String plain() {
            StringBuilder text = new StringBuilder();
            int at = 0;
            for (var segment : paragraph.getStyledSegments()) {
                String own = segment.getSegment();
                int start = Math.max(0, from - at);
                int end = Math.min(own.length(), to - at);
                if (start < end
                        && !segment.getStyle().isLayoutMark()
                        && !segment.getStyle().classes().contains("gutter")) {
                    text.append(own, start, end);
                }
                at += own.length();
            }
            return text.toString();
        }

        String inline() {
            return InlineWriter.write(paragraph.getStyledSegments(), from, to);
        }
    }

    /// What decides how a block is separated from the one before.
    private enum Kind {
        NONE,
        LIST,
        QUOTE,
        PROMPT,
        OTHER
    }

    private ParagraphsWriter() {}

    static String write(List<Part> parts) {
        ParagraphsWriter writer = new ParagraphsWriter();
        for (int i = 0; i < parts.size(); ) {
            i = writer.block(parts, i);
        }
        return writer.out.toString().strip();
    }

    /// Writes a block.
    ///
    /// @return the index after its last part
    private int block(List<Part> parts, int i) {
        Part first = parts.get(i);
        if (first.is("code")) {
            return code(parts, i);
        }
        if (first.is("table-row")) {
            int end = i + 1;
            while (end < parts.size()
                    && parts.get(end).is("table-row")
                    && parts.get(end).group().equals(first.group())) {
                end++;
            }
            add(Kind.OTHER, "", CopiedTable.write(parts.subList(i, end)));
            return end;
        }
        if (first.is("tool-body")) {
            return toolBody(parts, i);
        }
        int end = i + 1;
        StringBuilder text = new StringBuilder(first.inline());
        while (end < parts.size()
                && parts.get(end).paragraph().getParagraphStyle().continuation()) {
            text.append(parts.get(end++).inline());
        }
        paragraph(first, text.toString());
        return end;
    }

    private static int run(List<Part> parts, int from, String styleClass) {
        int end = from;
        while (end < parts.size() && parts.get(end).is(styleClass)) {
            end++;
        }
        return end;
    }

    private void paragraph(Part part, String text) {
        ParagraphStyle style = part.paragraph().getParagraphStyle();
        if (part.is("turn-end") || (text.isBlank() && !part.is("rule-line"))) {
            return;
        }
        if (part.is("rule-line")) {
            add(Kind.OTHER, "", "---");
        } else if (part.is("heading")) {
            add(Kind.OTHER, "", part.from() == 0 ? heading(part) + text : text);
        } else if (part.is("prompt")) {
            add(Kind.PROMPT, "", "> " + text);
        } else if (part.is("notice")) {
            add(Kind.OTHER, "", "*" + text.strip() + "*");
        } else if (part.from() == 0 && style.marker() instanceof Marker.Bullet bullet) {
            listItem(bullet, text);
        } else if (part.is("quote")) {
            add(Kind.QUOTE, "", "> ".repeat(style.margin().left() / STEP + 1) + text);
        } else {
            String start = part.from() == 0 ? InlineWriter.escapeStart(text) : text;
            add(Kind.OTHER, indent(style.margin().left() / STEP + 1), start);
        }
    }

    private static String heading(Part part) {
        for (var segment : part.paragraph().getStyledSegments()) {
            for (String name : segment.getStyle().classes()) {
                if (name.matches("h[1-6]")) {
                    return "#".repeat(name.charAt(1) - '0') + " ";
                }
            }
        }
        return "";
    }

    private void listItem(Marker.Bullet bullet, String text) {
        int level = Math.min(MAX_LEVEL - 1, bullet.width() / STEP);
        String mark =
                switch (bullet.text()) {
                    case "☐" -> "- [ ] ";
                    case "☑" -> "- [x] ";
                    default ->
                            Character.isDigit(bullet.text().charAt(0)) ? bullet.text() + " " : "- ";
                };
        Arrays.fill(markWidths, level, MAX_LEVEL, 0);
        markWidths[level] = mark.startsWith("-") ? 2 : mark.length();
        add(Kind.LIST, indent(level), mark + text);
    }

    /// The spaces before what is inside of the list items above a level.
    private String indent(int level) {
        int width = 0;
        for (int l = 0; l < level && l < MAX_LEVEL; l++) {
            width += markWidths[l];
        }
        return " ".repeat(width);
    }

    private void add(Kind kind, String indent, String text) {
        if (text.isEmpty()) {
            return;
        }
        if (before == Kind.QUOTE && kind == Kind.QUOTE) {
            out.append("\n>\n");
        } else if (before == kind && kind != Kind.OTHER) {
            out.append('\n');
        } else if (before != Kind.NONE) {
            out.append("\n\n");
        }
        before = kind;
        out.append(indent).append(text.replace("\n", "\n" + indent));
    }

    private int code(List<Part> parts, int from) {
        int end = from;
        List<String> lines = new ArrayList<>();
        while (end < parts.size()
                && parts.get(end).is("code")
                && (end == from || !parts.get(end).is("code-first"))) {
            Part part = parts.get(end++);
            boolean joined =
                    part.paragraph().getParagraphStyle().continuation() && !lines.isEmpty();
            if (joined) {
                lines.set(lines.size() - 1, lines.getLast() + part.plain());
            } else if (!part.is("code-first")) {
                lines.add(part.plain());
            }
        }
        Part first = parts.get(from);
        if (lines.size() == 1 && !first.isWhole() && !lines.getFirst().isBlank()) {
            add(Kind.OTHER, "", ItemMarkdown.codeSpan(lines.getFirst().strip()));
        } else if (!lines.isEmpty()) {
            int level = first.paragraph().getParagraphStyle().margin().left() / STEP + 1;
            add(
                    Kind.OTHER,
                    indent(level),
                    ItemMarkdown.codeBlock(String.join("\n", lines), first.language()));
        }
        return end;
    }

    private int toolBody(List<Part> parts, int from) {
        int end = run(parts, from, "tool-body");
        List<String> lines = new ArrayList<>();
        for (Part part : parts.subList(from, end)) {
            boolean joined =
                    part.paragraph().getParagraphStyle().continuation() && !lines.isEmpty();
            if (joined) {
                lines.set(lines.size() - 1, lines.getLast() + part.plain());
            } else if (!isLabel(part)) {
                lines.add(part.plain());
            }
        }
        if (!lines.isEmpty()) {
            add(Kind.OTHER, "", ItemMarkdown.codeBlock(String.join("\n", lines), ""));
        }
        return end;
    }

    private static boolean isLabel(Part part) {
        return part.paragraph().getStyledSegments().stream()
                .allMatch(s ->
                        s.getStyle().classes().contains("label")
                                || s.getStyle().classes().contains("more"));
    }
}
