package dev.oriel.app.transcript.markdown;

import dev.oriel.app.highlight.AwaitedCode;
import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.highlight.ColoredLines;
import dev.oriel.app.reading.LongLines;
import dev.oriel.app.text.markdown.FormulaBlock;
import dev.oriel.app.text.markdown.HtmlBreaks;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.document.WideLines;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;
import org.fxmisc.richtext.model.StyledSegment;

/// Writes the blocks of Markdown that contain no other blocks.
final class LeafWriter {
    private final BlockBuilder lines;
    private final BlockPlacement place;
    private final MarkdownLayout layout;
    private final CodeColors colors;
    private final String source;
    private final int number;
    private TextStyle ink = TextStyle.PLAIN;
    private final List<AwaitedCode> awaited = new ArrayList<>();
    private int groups;

    /// @param place where the next paragraph is; shared with the writer of the blocks around
    /// @param source the text that the block was parsed from
    /// @param number of the top-level block in its text
    LeafWriter(
            BlockBuilder lines,
            BlockPlacement place,
            MarkdownLayout layout,
            CodeColors colors,
            String source,
            int number) {
        this.lines = lines;
        this.place = place;
        this.layout = layout;
        this.colors = colors;
        this.source = source;
        this.number = number;
    }

    /// The code that was written whose colours are not all known.
    List<AwaitedCode> awaited() {
        return List.copyOf(awaited);
    }

    /// Sets the style of the text of paragraphs.
    ///
    /// @return the style before
    TextStyle setInk(TextStyle next) {
        TextStyle before = ink;
        ink = next;
        return before;
    }

    /// @param gap space below the block, pixels
    /// @return false if the node is none of these blocks
    boolean write(Node node, int gap) {
        switch (node) {
            case Paragraph _ -> inline(node, ParagraphStyle.of("prose"), ink, 0, gap);
            case Heading h -> heading(h);
            case FencedCodeBlock c ->
                    code(c.getLiteral(), c.getInfo() == null ? "" : c.getInfo(), gap);
            case IndentedCodeBlock c -> code(c.getLiteral(), "", gap);
            case HtmlBlock h -> html(h, gap);
            case FormulaBlock f -> formula(f, gap);
            case TableBlock t -> table(t, gap);
            // Without a text, the paragraph would not be laid out at full width.
            case ThematicBreak _ ->
                    lines.add(
                            place.place(ParagraphStyle.of("rule-line"), 0, 12),
                            " ",
                            TextStyle.PLAIN);
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Writes the line of a list item without content.
    void emptyItem(Node item, int gap) {
        inline(item, ParagraphStyle.of("prose"), TextStyle.PLAIN, 0, gap);
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
        if (!known.complete()) {
            awaited.add(new AwaitedCode(block.language(), text, known.spans().size()));
        }
        block.writeHead(lines, literal, above);
        block.writeLines(lines, text, known, 0, text.size(), gap);
    }

    private WideLines newGroup() {
        return layout.group(number, groups++);
    }

    /// Adds a line for the bullet if the list item starts with a block that cannot have one.
    void bulletAlone() {
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
                    place.place(
                            line.par(),
                            0,
                            last
                                    ? gap + MarkdownBlockWriter.TABLE_GAP - MarkdownBlockWriter.GAP
                                    : 0),
                    line.segments());
        }
    }
}
