package dev.oriel.app.text.markdown;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/// The lines of a Markdown text as they are read: without its marks.
public final class PlainLines {
    /// What begins a heading, a quote or an item of a list. A number is kept.
    private static final Pattern START =
            Pattern.compile("(?:(?:#{1,6}|[-*+>]) +|(\\d{1,9}[.)]) +)");

    private static final Pattern FENCE = Pattern.compile("(`{3,}|~{3,}).*");

    private PlainLines() {}

    /// @param markdown the whole text, because marks have no meaning in a block of code
    /// @return the lines with letters or digits
    public static List<String> of(String markdown) {
        List<String> plain = new ArrayList<>();
        String fence = "";
        for (String line : markdown.lines().map(String::strip).toList()) {
            Matcher opening = FENCE.matcher(line);
            if (!fence.isEmpty()) {
                if (line.startsWith(fence)) {
                    fence = "";
                } else {
                    plain.add(line);
                }
            } else if (opening.matches()) {
                fence = opening.group(1);
            } else {
                plain.add(line(line));
            }
        }
        return plain.stream()
                .filter(l -> l.codePoints().anyMatch(Character::isLetterOrDigit))
                .toList();
    }

    private static String line(String line) {
        StringBuilder out = new StringBuilder();
        String rest = line;
        for (Matcher m = START.matcher(rest); m.lookingAt(); m = START.matcher(rest)) {
            out.append(m.group(1) == null ? "" : m.group(1) + " ");
            rest = rest.substring(m.end());
        }
        if (rest.startsWith("|")) {
            rest =
                    Arrays.stream(rest.split("\\|"))
                            .map(String::strip)
                            .filter(c -> !c.isEmpty())
                            .collect(Collectors.joining("  "));
        }
        append(MarkdownParser.parse(rest), out);
        return out.toString().strip();
    }

    private static void append(Node node, StringBuilder out) {
        switch (node) {
            case Text t -> out.append(t.getLiteral());
            case Code c -> out.append(c.getLiteral());
            case Formula f -> out.append(f.literal());
            case FormulaBlock f when !f.literal().isEmpty() -> out.append(f.literal());
            case HtmlInline h -> out.append(h.getLiteral());
            case HtmlBlock h -> out.append(h.getLiteral());
            case SoftLineBreak _, HardLineBreak _ -> out.append(' ');
            default -> {
                for (Node n = node.getFirstChild(); n != null; n = n.getNext()) {
                    append(n, out);
                }
            }
        }
    }
}
