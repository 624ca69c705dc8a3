package dev.oriel.app.transcript.markdown;

import dev.oriel.app.highlight.AwaitedCode;
import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.text.markdown.Alert;
import dev.oriel.app.text.markdown.Details;
import dev.oriel.app.text.markdown.Footnote;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.ParagraphStyle.Marker;
import dev.oriel.app.transcript.document.QuoteRule;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.List;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;

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
    private final int number;
    private final BlockPlacement place;
    private final LeafWriter leaves;
    private int folds;

    /// The name of the innermost foldable part; empty outside of all.
    private String fold = "";

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
        this.number = number;
        this.place = new BlockPlacement(extraAbove);
        this.leaves = new LeafWriter(lines, place, layout, colors, source, number);
    }

    void write(Node node) {
        block(node, GAP);
    }

    /// The code that was written whose colours are not all known.
    List<AwaitedCode> awaited() {
        return leaves.awaited();
    }

    /// @param gap space below the block, pixels
    private void block(Node node, int gap) {
        switch (node) {
            case BlockQuote q -> quote(q, gap);
            case Details d -> details(d, gap);
            case Footnote f -> footnote(f, gap);
            case ListBlock l -> list(l, gap);
            default -> {
                if (!leaves.write(node, gap) && node.getFirstChild() != null) {
                    blocks(node, gap);
                }
            }
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
        if (place.left() > ruleAt && lines.size() > first) {
            // The title of an alert is in English.
            boolean atRight = kind == null && lines.style(first).isRightToLeft();
            addRule(first, ruleAt, atRight);
        }
        place.leaveQuote(outer);
    }

    /// Adds the rule of a quote to its paragraphs, whatever they are. It begins and ends with their
    /// text.
    private void addRule(int first, int from, boolean atRight) {
        String color = place.alertClass();
        int last = lines.size() - 1;
        for (int i = first; i <= last; i++) {
            boolean begins = i == first;
            boolean ends = i == last;
            lines.change(
                    i,
                    p -> {
                        int top = begins ? p.margin().top() : 0;
                        int bottom = ends ? p.margin().bottom() : 0;
                        // The right side of a text from the left has no room for a rule yet.
                        ParagraphStyle q =
                                atRight && !p.isRightToLeft() && p.margin().right() == 0
                                        ? p.withRightMargin(place.left())
                                        : p;
                        return q.withOuterQuote(new QuoteRule(from, atRight, color, top, bottom));
                    });
        }
    }

    private void details(Details part, int gap) {
        leaves.bulletAlone();
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
        leaves.bulletAlone();
        String text = note.number() + ".";
        BlockPlacement.State list = place.enterList(text.length() - 1);
        place.needBullet(text);
        TextStyle outer = leaves.setInk(TextStyle.of("footnote"));
        int first = lines.size();
        blocks(note, gap);
        if (lines.size() > first) {
            lines.change(first, p -> p.withClasses(FOOTNOTE + note.number()));
        }
        leaves.setInk(outer);
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
                    leaves.emptyItem(i, inner);
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
}
