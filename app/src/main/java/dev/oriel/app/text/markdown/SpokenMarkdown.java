package dev.oriel.app.text.markdown;

import dev.oriel.message.Graphemes;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/// Markdown as text to be read aloud: prose as it is, code and tables by their size.
public final class SpokenMarkdown {
    private SpokenMarkdown() {}

    /// @param longest the most characters; the rest can be read in the transcript
    public static String of(String markdown, int longest) {
        List<String> parts = new ArrayList<>();
        int length = 0;
        Node document = MarkdownParser.parse(markdown);
        for (Node n = document.getFirstChild(); n != null; n = n.getNext()) {
            String part = block(n);
            if (length > 0 && length + part.length() > longest) {
                parts.add("There is more.");
                break;
            }
            length += part.length();
            parts.add(part);
        }
        String all = String.join(" ", parts);
        return all.length() <= longest + 20
                ? all
                : all.substring(0, Graphemes.prefixEnd(all, longest)) + "… There is more.";
    }

    private static String block(Node node) {
        return switch (node) {
            case FencedCodeBlock c -> code(c.getLiteral());
            case IndentedCodeBlock c -> code(c.getLiteral());
            case HtmlBlock h ->
                    HtmlBreaks.hasOnlyBreaks(h.getLiteral()) ? "" : code(h.getLiteral());
            case HtmlContent h -> blocks(h);
            case Details d when d.isOpen() -> sentence(d.summary()) + ' ' + blocks(d);
            case Details d -> d.summary() + ", can be opened.";
            case TableBlock t -> "Table, " + (rows(t) == 1 ? "1 row." : rows(t) + " rows.");
            default -> {
                StringBuilder out = new StringBuilder();
                text(node, out);
                yield sentence(out.toString().strip());
            }
        };
    }

    private static String sentence(String prose) {
        boolean ends = prose.isEmpty() || ".:;?!".indexOf(prose.charAt(prose.length() - 1)) >= 0;
        return ends ? prose : prose + ".";
    }

    private static String blocks(Node parent) {
        List<String> parts = new ArrayList<>();
        for (Node n = parent.getFirstChild(); n != null; n = n.getNext()) {
            parts.add(block(n));
        }
        return String.join(" ", parts);
    }

    private static String code(String literal) {
        long lines = literal.lines().count();
        return lines == 1 ? "Code: " + literal.strip() + "." : "Code, " + lines + " lines.";
    }

    private static int rows(Node table) {
        int rows = 0;
        for (Node n = table.getFirstChild(); n != null; n = n.getNext()) {
            rows += n instanceof TableRow ? 1 : rows(n);
        }
        return rows;
    }

    private static void text(Node node, StringBuilder out) {
        switch (node) {
            case Text t -> out.append(t.getLiteral());
            case Code c -> out.append(c.getLiteral());
            case FootnoteReference r -> out.append(" (footnote ").append(r.number()).append(')');
            case SoftLineBreak _, HardLineBreak _ -> out.append(' ');
            case Formula f -> out.append(f.literal());
            case FormulaBlock f when !f.literal().isEmpty() -> out.append(f.literal());
            case HtmlInline h ->
                    out.append(HtmlBreaks.isBreak(h.getLiteral()) ? " " : h.getLiteral());
            case FencedCodeBlock c -> out.append(' ').append(code(c.getLiteral()));
            default -> {
                for (Node n = node.getFirstChild(); n != null; n = n.getNext()) {
                    text(n, out);
                    if (n instanceof org.commonmark.node.Block && n.getNext() != null) {
                        out.append(". ");
                    }
                }
            }
        }
    }
}
