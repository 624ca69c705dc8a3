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
import dev.oriel.app.transcript.document.QuoteRule;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.document.WideLines;

import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.BlockQuote;
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

import java.util.ArrayList;
import java.util.List;

/// Writes one top-level block of Markdown as paragraphs.
public final class MarkdownBlockWriter {
    /// A style class whose rest is the word after a fence. Only copying reads it.
    public static final String FENCE = "fence-";

    /// A style class of the first paragraph of a footnote; the rest is its number.
    public static final String FOOTNOTE = "footnote-";

    /// Space below a top-level block, pixels.
    static final int GAP = 8;

    /// Space below a table, pixels.
    static final int TABLE_GAP = GAP + 6;

    /// The bullets of lists in lists, which repeat.
    private static final List<String> DOTS = List.of("•", "◦", "–");

    private final BlockBuilder lines;
    private final MarkdownLayout layout;
    private final CodeColors colors;
    private final String source;
    private final int number;
    private final BlockPlacement place;
    private boolean colored = true;
    private int groups;
    private int folds;

    /// The name of the innermost foldable part; empty outside of all.
    private String fold = "";

    private boolean inFootnote;

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
        this.place = new BlockPlacement(extraAbove);
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
            case Heading h -> heading(h);
            case FencedCodeBlock c ->
                    code(c.getLiteral(), c.getInfo() == null ? "" : c.getInfo(), gap);
            case IndentedCodeBlock c -> code(c.getLiteral(), "", gap);
            case HtmlBlock h -> html(h, gap);
            case FormulaBlock f -> formula(f, gap);
            case BlockQuote q -> quote(q, gap);
            case Details d -> details(d, gap);
            case Footnote f -> footnote(f, gap);
            case ListBlock l -> list(l, gap);
            case TableBlock t -> table(t, gap);
            // Without a text, the paragraph would not be laid out at full width.
            case ThematicBreak _ ->
                    lines.add(
                            place.place(ParagraphStyle.of("rule-line"), 0, 12),
                            " ",
                            TextStyle.PLAIN);
            default -> {
                if (node.getFirstChild() != null) {
                    blocks(node, gap);
                }
            }
        }
    }

    private void heading(Heading heading) {
        int level = Math.clamp(heading.getLevel(), 1, 6);
        int above = lines.size() == 0 && place.isFirst() ? 0 : level >= 3 ? 6 : 10;
        inline(
                heading,
                ParagraphStyle.of("heading"),
                TextStyle.of("h" + level),
                above,
                level >= 4 ? 4 : 6);
    }

    private void html(HtmlBlock block, int gap) {
        if (!HtmlBreaks.hasOnlyBreaks(block.getLiteral())) {
            code(block.getLiteral(), "html", gap);
        }
    }

    private void quote(BlockQuote quote, int gap) {
        int ruleAt = place.left();
        int first = lines.size();
        Alert kind = Alert.take(quote);
        BlockPlacement.State outer = place.enterQuote(kind);
        if (kind != null) {
            ParagraphStyle title = place.place(ParagraphStyle.of("prose"), 0, 4);
            lines.add(title, kind.title(), TextStyle.of("strong", "alert-title"));
        }
        blocks(quote, gap);
        // Quotes in many others are not indented any more, and have no room.
        if (place.left() > ruleAt) {
            addRule(first, ruleAt);
        }
        place.leaveQuote(outer);
    }

    /// Adds the rule of a quote to its paragraphs, whatever they are. It begins and ends with their
    /// text.
    private void addRule(int first, int left) {
        String color = place.alertClass();
        int last = lines.size() - 1;
        for (int i = first; i <= last; i++) {
            boolean begins = i == first;
            boolean ends = i == last;
            lines.change(
                    i,
                    p ->
                            p.withOuterQuote(
                                    new QuoteRule(
                                            left,
                                            color,
                                            begins ? p.margin().top() : 0,
                                            ends ? p.margin().bottom() : 0)));
        }
    }

    private void details(Details part, int gap) {
        bulletAlone();
        String name = (fold.isEmpty() ? "details/" + number : fold) + '/' + folds++;
        boolean open = layout.folds().isOpen(name, part.isOpen());
        ParagraphStyle head =
                ParagraphStyle.of("prose")
                        .withVerticalMargin(place.takeAbove(), open ? 4 : gap)
                        .withLeftMargin(place.left())
                        .withMarker(
                                new Marker.Icon(
                                        open ? "fth-chevron-down" : "fth-chevron-right",
                                        BlockPlacement.STEP));
        ClickAction toggle = layout.folds().toggle(name);
        if (toggle != null) {
            head = head.withAction(toggle);
        }
        lines.add(open ? head.toOpened() : head, part.summary(), TextStyle.of("strong"));
        if (open) {
            String outer = fold;
            int count = folds;
            fold = name;
            folds = 0;
            place.enterFold();
            blocks(part, gap);
            place.leaveFold();
            fold = outer;
            folds = count;
        }
    }

    private void footnote(Footnote note, int gap) {
        bulletAlone();
        String text = note.number() + ".";
        BlockPlacement.State list = place.enterList(text.length() - 1);
        place.needBullet(text);
        boolean outer = inFootnote;
        inFootnote = true;
        int first = lines.size();
        blocks(note, gap);
        if (lines.size() > first) {
            lines.change(first, p -> p.withClasses(FOOTNOTE + note.number()));
        }
        inFootnote = outer;
        place.leaveList(list);
    }

    private void blocks(Node parent, int gap) {
        for (Node n = parent.getFirstChild(); n != null; n = n.getNext()) {
            block(n, gap);
        }
    }

    private void list(ListBlock list, int gap) {
        int item =
                list instanceof OrderedList o && o.getMarkerStartNumber() != null
                        ? o.getMarkerStartNumber()
                        : 1;
        int inner = list.isTight() ? 3 : gap;
        boolean ordered = list instanceof OrderedList;
        int digits = ordered ? String.valueOf(item + items(list) - 1).length() : 0;
        BlockPlacement.State outer = place.enterList(digits);
        for (Node n = list.getFirstChild(); n != null; n = n.getNext()) {
            if (n instanceof ListItem i) {
                String text = ordered ? item++ + "." : dot();
                place.needBullet(TaskMarkers.bullet(i, text));
                int before = lines.size();
                boolean last = n.getNext() == null;
                itemBlocks(i, inner, last ? gap : inner);
                if (lines.size() == before) {
                    inline(i, ParagraphStyle.of("prose"), TextStyle.PLAIN, 0, inner);
                }
                place.dropBullet();
            }
        }
        place.leaveList(outer);
    }

    private static int items(ListBlock list) {
        int count = 0;
        for (Node n = list.getFirstChild(); n != null; n = n.getNext()) {
            count++;
        }
        return count;
    }

    private void itemBlocks(ListItem item, int inner, int end) {
        for (Node n = item.getFirstChild(); n != null; n = n.getNext()) {
            block(n, n.getNext() == null ? end : inner);
        }
    }

    private String dot() {
        return DOTS.get((place.lists() - 1) % DOTS.size());
    }

    private void inline(Node node, ParagraphStyle par, TextStyle ink, int above, int below) {
        List<List<StyledSegment<String, TextStyle>>> rows = new InlineRenderer(ink).rows(node);
        for (int i = 0; i < rows.size(); i++) {
            boolean last = i == rows.size() - 1;
            lines.add(place.place(par, i == 0 ? above : 0, last ? below : 0), rows.get(i));
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
                    place.place(ParagraphStyle.of("prose"), 0, i == text.size() - 1 ? gap : 0);
            lines.add(
                    p.withLeftMargin(p.margin().left() + BlockPlacement.STEP),
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
        int above = place.takeAbove();
        WideLines group = layout.longLines() == LongLines.SCROLL ? newGroup() : null;
        CodeBlock block = new CodeBlock(info, place.left(), group);
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
        if (place.needsBullet()) {
            lines.add(place.place(ParagraphStyle.of("prose"), 0, 2), "", TextStyle.PLAIN);
        }
    }

    private void table(TableBlock block, int gap) {
        bulletAlone();
        TableRows rows = TableRows.of(block, source, layout, place.left(), newGroup());
        for (int i = 0; i < rows.lines().size(); i++) {
            boolean last = i == rows.lines().size() - 1;
            TableRows.Line line = rows.lines().get(i);
            lines.addWhole(
                    place.place(line.par(), 0, last ? gap + TABLE_GAP - GAP : 0), line.segments());
        }
    }
}
