package dev.oriel.app.transcript.markdown;

import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.reading.LongLines;
import dev.oriel.app.text.DisplayText;
import dev.oriel.app.text.markdown.MarkdownParser;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/// Renders Markdown into blocks of paragraphs, one per top-level block. Pure; on any thread.
public final class MarkdownRenderer {
    private final MarkdownLayout layout;
    private final CodeColors colors;

    /// @param colors of the code in the text
    public MarkdownRenderer(MarkdownLayout layout, CodeColors colors) {
        this.layout = layout;
        this.colors = colors;
    }

    /// A top-level block.
    ///
    /// @param line where it starts in the text, from 0
    /// @param colored whether all colours of its code are known
    public record RenderedBlock(int line, ParagraphBlock block, boolean colored) {}

    /// @param first whether the text is the start of its item, so that it needs the space above an
    ///   item
    public List<RenderedBlock> render(String text, boolean first) {
        return render(text, first ? 0 : 1);
    }

    /// @param before the number of blocks of the same item before this text; without any, it needs
    ///   the space above an item
    List<RenderedBlock> render(String text, int before) {
        List<RenderedBlock> pieces = new ArrayList<>();
        String source = DisplayText.prose(text);
        Node document = MarkdownParser.parse(source);
        for (Node n = document.getFirstChild(); n != null; n = n.getNext()) {
            BlockBuilder lines = new BlockBuilder();
            int number = before + pieces.size();
            int above = number == 0 ? ParagraphStyle.ITEM_SPACE : 0;
            MarkdownBlockWriter writer =
                    new MarkdownBlockWriter(lines, layout, colors, source, number, above);
            writer.write(n);
            if (lines.size() > 0) {
                int line =
                        n.getSourceSpans().isEmpty()
                                ? 0
                                : n.getSourceSpans().getFirst().getLineIndex();
                pieces.add(new RenderedBlock(line, lines.build(), writer.isColored()));
            }
        }
        return pieces;
    }

    /// How to render a text while it grows, if it starts with a top-level block of code or a table;
    /// null if it does not.
    ///
    /// @param before the number of blocks of the same item before this text
    @Nullable GrowingBlock growingBlock(String text, int before) {
        int above = before == 0 ? ParagraphStyle.ITEM_SPACE : 0;
        GrowingTable table =
                GrowingTable.of(
                        text,
                        layout,
                        layout.group(before, 0),
                        above,
                        MarkdownBlockWriter.TABLE_GAP);
        return table == null ? growingCode(text, before, above) : table;
    }

    private @Nullable GrowingCode growingCode(String text, int before, int above) {
        return GrowingCode.of(
                text,
                info ->
                        new CodeBlock(
                                info,
                                0,
                                layout.longLines() == LongLines.SCROLL
                                        ? layout.group(before, 0)
                                        : null),
                colors,
                above,
                MarkdownBlockWriter.GAP);
    }
}
