package dev.oriel.app.transcript.markdown;

import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.highlight.ColoredLines;
import dev.oriel.app.reading.LongLines;
import dev.oriel.app.text.markdown.Alert;
import dev.oriel.app.text.markdown.Details;
import dev.oriel.app.text.markdown.Footnote;
import dev.oriel.app.text.markdown.FormulaBlock;
import dev.oriel.app.text.markdown.HtmlBreaks;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.ParagraphStyle.Marker;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.document.WideLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import org.jspecify.annotations.Nullable;

/// Writes one top-level block of Markdown as paragraphs.
public final class MarkdownBlockWriter {
    /// The indentation of a list or quote, pixels.
    private static final int STEP = 24;

    /// How much less a quote is indented than a list.
    private static final int QUOTE_SHIFT = 8;

    private static final int MAX_DEPTH = 8;

    /// A style class whose rest is the word after a fence. Only copying reads it.
    public static final String FENCE = "fence-";

    /// Space below a top-level block, pixels.
    static final int GAP = 8;

    /// Space below a table, pixels.
    static final int TABLE_GAP = GAP + 6;

    private final BlockBuilder lines;
    private final MarkdownLayout layout;
    private final CodeColors colors;
    private final String source;
    private final int number;
    private boolean colored = true;
    private int groups;
    private int extraAbove;
    private int depth;
    private int folds;

    /// The name of the innermost foldable part; empty outside of all.
    private String fold = "";

    private int folded;
    private boolean inFootnote;
    private @Nullable Alert alert;
    private int quotes;

    /// Where the rule of the innermost quote is, pixels from the left.
    private int quoteLeft;

    private Marker.@Nullable Bullet bullet;

    /// @param source the text that the block was parsed from
    /// @param number of the block in its text
    /// @param extraAbove space above the block, pixels
    MarkdownBlockWriter(
            BlockBuilder lines,
            MarkdownLayout layout,
            CodeColors colors,
            String source,
            int number,
            int extraAbove) {
        this.lines = lines;
        this.layout = layout;
        this.colors = colors;
        this.source = source;
        this.number = number;
        this.extraAbove = extraAbove;
    }

    void write(Node node) {
        block(node, GAP);
    }

    /// Whether all colours of the code that was written are known.
    boolean isColored() {
        return colored;
    }

    /// @param gap space below the block, pixels
    private void block(Node node, int gap) {
        switch (node) {
            case Paragraph _ -> {
                TextStyle ink = inFootnote ? TextStyle.of("footnote") : TextStyle.PLAIN;
                inline(node, ParagraphStyle.of("prose"), ink, 0, gap);
            }
            case Heading h -> {
                int level = Math.min(h.getLevel(), 6);
                int above = lines.size() == 0 && extraAbove > 0 ? 0 : level >= 3 ? 6 : 10;
                inline(
                        node,
                        ParagraphStyle.of("heading"),
                        TextStyle.of("h" + level),
                        above,
                        level >= 4 ? 4 : 6);
            }
            case FencedCodeBlock c ->
                    code(c.getLiteral(), c.getInfo() == null ? "" : c.getInfo(), gap);
            case IndentedCodeBlock c -> code(c.getLiteral(), "", gap);
            case HtmlBlock h -> {
                if (!HtmlBreaks.hasOnlyBreaks(h.getLiteral())) {
                    code(h.getLiteral(), "html", gap);
                }
            }
            case FormulaBlock f -> formula(f, gap);
            case BlockQuote q -> quote(q, gap);
            case Details d -> details(d, gap);
            case Footnote f -> footnote(f, gap);
            case ListBlock l -> list(l, gap);
            case TableBlock t -> table(t, gap);
            // Without a text, the paragraph would not be laid out at full width.
            case ThematicBreak _ ->
                    lines.add(placed(ParagraphStyle.of("rule-line"), 0, 12), " ", TextStyle.PLAIN);
            default -> {
                if (node.getFirstChild() != null) {
                    blocks(node, gap);
                }
            }
        }
    }

    private void quote(BlockQuote quote, int gap) {
        Alert before = alert;
        Alert kind = Alert.take(quote);
        alert = kind == null ? before : kind;
        int outer = quoteLeft;
        quoteLeft = left();
        quotes++;
        if (kind != null) {
            ParagraphStyle title = placed(ParagraphStyle.of("prose"), 0, 4);
            lines.add(title, kind.title(), TextStyle.of("strong", "alert-title"));
        }
        int first = lines.size();
        blocks(quote, gap);
        quotes--;
        quoteLeft = outer;
        alert = before;
        if (quotes == 0 && lines.size() > first) {
            // The rule ends with the text.
            lines.changeLast(p ->
                    p.withVerticalPadding(p.padding().top(), 0)
                            .withVerticalMargin(p.margin().top(), gap));
        }
    }

    private void details(Details part, int gap) {
        bulletAlone();
        String name = (fold.isEmpty() ? "details/" + number : fold) + '/' + folds++;
        boolean open = layout.folds().isOpen(name, part.isOpen());
        ParagraphStyle head =
                ParagraphStyle.of("prose")
                        .withVerticalMargin(extraAbove, open ? 4 : gap)
                        .withLeftMargin(left())
                        .withMarker(
                                new Marker.Icon(
                                        open ? "fth-chevron-down" : "fth-chevron-right", STEP));
        ClickAction toggle = layout.folds().toggle(name);
        if (toggle != null) {
            head = head.withAction(toggle);
        }
        extraAbove = 0;
        lines.add(head, part.summary(), TextStyle.of("strong"));
        if (open) {
            String outer = fold;
            int count = folds;
            fold = name;
            folds = 0;
            folded++;
            blocks(part, gap);
            folded--;
            fold = outer;
            folds = count;
        }
    }

    private void footnote(Footnote note, int gap) {
        bulletAlone();
        depth++;
        bullet = new Marker.Bullet(note.number() + ".", left());
        boolean outer = inFootnote;
        inFootnote = true;
        blocks(note, gap);
        inFootnote = outer;
        bullet = null;
        depth--;
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
                bullet = new Marker.Bullet(TaskMarkers.bullet(item, text), left());
                int before = lines.size();
                boolean last = n.getNext() == null;
                itemBlocks(item, inner, last ? gap : inner);
                if (lines.size() == before) {
                    inline(item, ParagraphStyle.of("prose"), TextStyle.PLAIN, 0, inner);
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
        return Math.min(depth + quotes + folded, MAX_DEPTH) * STEP;
    }

    /// The paragraph with the indentation of lists and quotes, and with the bullet if it is the
    /// first of its list item.
    private ParagraphStyle placed(ParagraphStyle par, int above, int below) {
        ParagraphStyle p = par.withVerticalMargin(above + extraAbove, below);
        extraAbove = 0;
        if (quotes > 0) {
            // The rule goes on between the paragraphs.
            p = p.withVerticalMargin(p.margin().top(), 0);
            p = p.withVerticalPadding(p.padding().top(), p.padding().bottom() + below);
        }
        String kind = alert == null ? "plain" : alert.name().toLowerCase(Locale.ROOT);
        if (bullet != null) {
            if (quotes > 0 && quoteLeft == 0) {
                p = p.withClasses("quoted", "alert-" + kind);
                bullet = new Marker.Bullet(bullet.text(), bullet.width() - QUOTE_SHIFT);
            }
            p = p.withMarker(bullet);
            bullet = null;
        } else if (quotes > 0) {
            // The rule of the quote is where the text around the quote starts.
            p = p.withClasses("quote", "alert-" + kind).withLeftMargin(quoteLeft);
            p = alert == null ? p : p.withClasses("alert");
            int inside = left() - quoteLeft - QUOTE_SHIFT;
            p = p.withPadding(p.padding().top(), 0, p.padding().bottom(), Math.max(8, inside));
        } else {
            p = p.withLeftMargin(left());
        }
        return p;
    }

    private void inline(Node node, ParagraphStyle par, TextStyle ink, int above, int below) {
        List<List<StyledSegment<String, TextStyle>>> rows = new InlineRenderer(ink).rows(node);
        for (int i = 0; i < rows.size(); i++) {
            boolean last = i == rows.size() - 1;
            lines.add(placed(par, i == 0 ? above : 0, last ? below : 0), rows.get(i));
        }
    }

    private void formula(FormulaBlock block, int gap) {
        if (block.literal().isEmpty()) {
            inline(block, ParagraphStyle.of("prose"), TextStyle.PLAIN, 0, gap);
            return;
        }
        List<String> text = block.literal().lines().toList();
        for (int i = 0; i < text.size(); i++) {
            ParagraphStyle p =
                    placed(ParagraphStyle.of("prose"), 0, i == text.size() - 1 ? gap : 0);
            lines.add(
                    p.withLeftMargin(p.margin().left() + STEP),
                    text.get(i),
                    TextStyle.of("formula"));
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
        CodeBlock block =
                new CodeBlock(
                        info, left(), layout.longLines() == LongLines.SCROLL ? newGroup() : null);
        ColoredLines known = colors.of(block.language(), text);
        colored &= known.complete();
        block.writeHead(lines, literal, above);
        block.writeLines(lines, text, known, 0, text.size(), gap);
    }

    private WideLines newGroup() {
        return layout.group(number, groups++);
    }

    /// Adds a line for the bullet if the list item starts with a block that cannot have one.
    private void bulletAlone() {
        if (bullet != null) {
            lines.add(placed(ParagraphStyle.of("prose"), 0, 2), "", TextStyle.PLAIN);
        }
    }

    private void table(TableBlock block, int gap) {
        bulletAlone();
        TableRows rows = TableRows.of(block, source, layout, left(), newGroup());
        for (int i = 0; i < rows.lines().size(); i++) {
            boolean last = i == rows.lines().size() - 1;
            TableRows.Line line = rows.lines().get(i);
            lines.addWhole(
                    placed(line.par(), 0, last ? gap + TABLE_GAP - GAP : 0), line.segments());
        }
    }
}
