package dev.oriel.app.transcript;

import dev.oriel.app.text.FormulaBlock;
import dev.oriel.app.text.HtmlBreaks;
import dev.oriel.app.transcript.Par.Mark;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;
import org.fxmisc.richtext.model.StyledSegment;

/// Writes one top-level block of Markdown as paragraphs.
final class MarkdownLines {
    /// How far a list or quote moves its text to the right, pixels.
    private static final int STEP = 24;

    private static final int MAX_DEPTH = 8;

    private final Lines lines;
    private final int columns;
    private int extraAbove;
    private int depth;
    private int quotes;
    private Mark.@org.jspecify.annotations.Nullable Bullet bullet;

    MarkdownLines(Lines lines, int columns, int extraAbove) {
        this.lines = lines;
        this.columns = columns;
        this.extraAbove = extraAbove;
    }

    void top(Node node) {
        block(node, 8);
    }

    /// @param gap space under the block, pixels
    private void block(Node node, int gap) {
        switch (node) {
            case Paragraph _ -> inline(node, Par.of("prose"), Ink.PLAIN, 0, gap);
            case Heading h -> {
                int level = Math.min(h.getLevel(), 6);
                int above = lines.size() == 0 && extraAbove > 0 ? 0 : level >= 3 ? 6 : 10;
                inline(node, Par.of("heading"), Ink.of("h" + level), above, level >= 4 ? 4 : 6);
            }
            case FencedCodeBlock c ->
                    code(c.getLiteral(), c.getInfo() == null ? "" : c.getInfo(), gap);
            case IndentedCodeBlock c -> code(c.getLiteral(), "", gap);
            case HtmlBlock h -> {
                if (!HtmlBreaks.only(h.getLiteral())) {
                    code(h.getLiteral(), "html", gap);
                }
            }
            case FormulaBlock f -> formula(f, gap);
            case BlockQuote q -> {
                quotes++;
                blocks(q, gap);
                quotes--;
            }
            case ListBlock l -> list(l, gap);
            case TableBlock t -> table(t, gap);
            // Its text is a blank: a paragraph without any would not be laid out at full width.
            case ThematicBreak _ -> lines.add(placed(Par.of("rule-line"), 0, 12), " ", Ink.PLAIN);
            default -> {
                if (node.getFirstChild() != null) {
                    blocks(node, gap);
                }
            }
        }
    }

    private void blocks(Node parent, int gap) {
        for (Node n = parent.getFirstChild(); n != null; n = n.getNext()) {
            block(n, gap);
        }
    }

    private void list(ListBlock list, int gap) {
        int number =
                list instanceof OrderedList o && o.getMarkerStartNumber() != null
                        ? o.getMarkerStartNumber()
                        : 1;
        int inner = list.isTight() ? 3 : gap;
        depth++;
        for (Node n = list.getFirstChild(); n != null; n = n.getNext()) {
            if (n instanceof ListItem item) {
                String text = list instanceof BulletList ? dot() : number++ + ".";
                bullet = new Mark.Bullet(Tasks.bullet(item, text), left());
                int before = lines.size();
                boolean last = n.getNext() == null;
                itemBlocks(item, inner, last ? gap : inner);
                if (lines.size() == before) {
                    inline(item, Par.of("prose"), Ink.PLAIN, 0, inner);
                }
                bullet = null;
            }
        }
        depth--;
    }

    private void itemBlocks(ListItem item, int inner, int end) {
        for (Node n = item.getFirstChild(); n != null; n = n.getNext()) {
            block(n, n.getNext() == null ? end : inner);
        }
    }

    private String dot() {
        return depth % 2 == 1 ? "•" : "◦";
    }

    private int left() {
        return Math.min(depth + quotes, MAX_DEPTH) * STEP;
    }

    /// The paragraph at its place in lists and quotes, with the bullet if it is the first of its
    /// list item.
    private Par placed(Par par, int above, int below) {
        Par p = par.spaced(above + extraAbove, below);
        extraAbove = 0;
        if (bullet != null) {
            p = p.marked(bullet);
            bullet = null;
        } else if (quotes > 0) {
            // The rule of the quote stands where the text around it starts.
            p = p.and("quote").from(left() - STEP);
            p = p.padded(p.padding().top(), 0, p.padding().bottom(), 16);
        } else {
            p = p.from(left());
        }
        return p;
    }

    private void inline(Node node, Par par, Ink ink, int above, int below) {
        List<List<StyledSegment<String, Ink>>> rows = new Inlines(ink).rows(node);
        for (int i = 0; i < rows.size(); i++) {
            boolean last = i == rows.size() - 1;
            lines.add(placed(par, i == 0 ? above : 0, last ? below : 0), rows.get(i));
        }
    }

    private void formula(FormulaBlock block, int gap) {
        if (block.literal().isEmpty()) {
            inline(block, Par.of("prose"), Ink.PLAIN, 0, gap);
            return;
        }
        List<String> text = block.literal().lines().toList();
        for (int i = 0; i < text.size(); i++) {
            Par p = placed(Par.of("prose"), 0, i == text.size() - 1 ? gap : 0);
            lines.add(p.from(p.margin().left() + STEP), text.get(i), Ink.of("formula"));
        }
    }

    private void code(String literal, String info, int gap) {
        List<String> text = new ArrayList<>(literal.lines().toList());
        if (text.isEmpty()) {
            text.add("");
        }
        bulletAlone();
        int above = extraAbove;
        extraAbove = 0;
        String language = info.strip().split("\\s+", 2)[0];
        Par line = Par.of("code").from(left()).padded(1, 12, 2, 12);
        lines.add(
                line.and("code-first").spaced(above, 0).padded(6, 12, 2, 12),
                List.of(
                        new StyledSegment<>(
                                language.isEmpty() ? "text" : language, Ink.of("label")),
                        new StyledSegment<>("   ", Ink.of("label")),
                        new StyledSegment<>(
                                "Copy",
                                Ink.of("label", "link-quiet").doing(new Action.Copy(literal)))));
        for (int i = 0; i < text.size(); i++) {
            boolean last = i == text.size() - 1;
            Par p = last ? line.and("code-last").spaced(0, gap).padded(1, 12, 10, 12) : line;
            lines.add(p, text.get(i), Ink.CODE);
        }
    }

    /// A list item that starts with something that cannot carry a bullet gets a line for it.
    private void bulletAlone() {
        if (bullet != null) {
            lines.add(placed(Par.of("prose"), 0, 2), "", Ink.PLAIN);
        }
    }

    private void table(TableBlock table, int gap) {
        bulletAlone();
        int room = Math.max(20, columns - left() * 10 / 78);
        List<TableText.Row> rows = TableText.layout(table, room);
        Par row = Par.of("table-row");
        for (int i = 0; i < rows.size(); i++) {
            TableText.Row r = rows.get(i);
            boolean last = i == rows.size() - 1;
            // The last row needs no line under it, but the air of one.
            Par p =
                    r.lastOfHeader()
                            ? row.and("table-head")
                            : r.lastOfRow() && !last ? row.and("table-line") : row;
            lines.add(
                    placed(
                            p.tabbed(r.tabs()),
                            r.firstOfRow() ? 4 : 0,
                            last ? gap + 6 : r.lastOfRow() ? 4 : 0),
                    r.segments());
        }
    }
}
