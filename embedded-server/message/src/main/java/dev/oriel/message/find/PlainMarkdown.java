package dev.oriel.message.find;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The text of Markdown without its marks: what a reader sees of it, one line for each paragraph,
/// heading, table cell and line of code.
///
/// Works line by line and in one pass, so that it takes little longer than reading the text. Where
/// Markdown is ambiguous, a mark may remain or a character may be lost.
final class PlainMarkdown {
    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,})([^`]*)");

    /// Marks of quotes, lists, tasks and headings, in any nesting.
    private static final Pattern BLOCK_MARKS =
            Pattern.compile(
                    "\\s*(?:(?:>|[-*+](?=\\s)|\\d{1,9}[.)](?=\\s)|\\[["
                            + " xX]](?=\\s)|#{1,6}(?=\\s))\\s*)*");

    private static final Pattern RULE =
            Pattern.compile("\\s{0,3}(?:(?:-\\s*){3,}|(?:\\*\\s*){3,}|(?:_\\s*){3,}|=+\\s*)");
    private static final Pattern TABLE_RULE =
            Pattern.compile("\\s*\\|?\\s*:?-+:?\\s*(?:\\|\\s*:?-+:?\\s*)*\\|?\\s*");

    /// Longer lines are text: nobody writes such marks, and the expressions would need a deep
    /// stack.
    private static final int LONGEST_MARKS = 400;

    private final StringBuilder out;
    private final int start;
    private char fence;
    private int fenceLength;

    /// Whether the last line of the output is a paragraph that the next line continues.
    private boolean inParagraph;

    private PlainMarkdown(StringBuilder out) {
        this.out = out;
        this.start = out.length();
    }

    /// Appends the text of Markdown. Its lines end with line feeds.
    static void appendTo(StringBuilder out, String markdown) {
        PlainMarkdown plain = new PlainMarkdown(out);
        int from = 0;
        while (from < markdown.length()) {
            int end = markdown.indexOf('\n', from);
            int to = end < 0 ? markdown.length() : end;
            plain.line(markdown.substring(from, to));
            from = to + 1;
        }
        plain.endLine();
    }

    private void line(String line) {
        int kinds = LineMarks.of(line);
        Matcher mark = LineMarks.hasFence(kinds) ? fence(line) : null;
        if (fence != 0) {
            if (mark != null && closes(mark)) {
                fence = 0;
            } else {
                out.append(line).append('\n');
            }
        } else if (mark != null) {
            endLine();
            fence = mark.group(1).charAt(0);
            fenceLength = mark.group(1).length();
        } else if (line.isBlank()
                || (LineMarks.hasRule(kinds) && isShort(line) && RULE.matcher(line).matches())) {
            endLine();
        } else if (LineMarks.hasTableRule(kinds) && isTableRule(line)) {
            endLine();
        } else {
            text(line, kinds);
        }
    }

    private static @Nullable Matcher fence(String line) {
        String content = line;
        Matcher marks = marks(line);
        if (marks.lookingAt()) {
            content = line.substring(marks.end());
        }
        Matcher fence = FENCE.matcher(content);
        return fence.matches() ? fence : null;
    }

    private boolean closes(Matcher mark) {
        return mark.group(1).charAt(0) == fence
                && mark.group(1).length() >= fenceLength
                && mark.group(2).isBlank();
    }

    private static boolean isTableRule(String line) {
        return isShort(line) && TABLE_RULE.matcher(line).matches();
    }

    private static boolean isShort(String line) {
        return line.length() <= LONGEST_MARKS;
    }

    private static Matcher marks(String line) {
        return BLOCK_MARKS.matcher(line).region(0, Math.min(line.length(), LONGEST_MARKS));
    }

    private void text(String line, int kinds) {
        int from = 0;
        if (LineMarks.hasBlock(kinds)) {
            Matcher marks = marks(line);
            from = marks.lookingAt() ? marks.end() : 0;
        }
        boolean block = !line.substring(0, from).isBlank();
        String content = line.substring(from).stripTrailing();
        if (content.startsWith("|") && content.length() > 1) {
            endLine();
            for (String cell : cells(content)) {
                if (!cell.isBlank()) {
                    new InlineMarks(out).append(cell.strip());
                    out.append('\n');
                }
            }
            return;
        }
        if (inParagraph && !block) {
            out.append(' ');
        } else {
            endLine();
        }
        boolean heading = line.substring(0, from).indexOf('#') >= 0;
        String shown = heading ? content.replaceFirst("\\s++#++$", "") : content;
        if (LineMarks.hasInline(kinds)) {
            new InlineMarks(out).append(shown);
        } else {
            out.append(shown);
        }
        inParagraph = true;
        if (heading || line.endsWith("  ") || line.endsWith("\\")) {
            endLine();
        }
    }

    private static List<String> cells(String row) {
        List<String> cells = new ArrayList<>();
        int from = 1;
        for (int i = 1; i < row.length(); i++) {
            if (row.charAt(i) == '|' && row.charAt(i - 1) != '\\') {
                cells.add(row.substring(from, i));
                from = i + 1;
            }
        }
        cells.add(row.substring(from));
        return cells;
    }

    private void endLine() {
        if (inParagraph || (out.length() > start && out.charAt(out.length() - 1) != '\n')) {
            out.append('\n');
        }
        inParagraph = false;
    }
}
