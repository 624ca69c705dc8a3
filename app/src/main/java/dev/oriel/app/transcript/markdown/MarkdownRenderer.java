package dev.oriel.app.transcript.markdown;

import dev.oriel.app.highlight.AwaitedCode;
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
    /// @param awaited the code in it whose colours are not all known
    public record RenderedBlock(int line, ParagraphBlock block, List<AwaitedCode> awaited) {
        /// Whether all colours of its code are known.
        public boolean colored() {
            return awaited.isEmpty();
        }

        /// Whether more colours of its code are known than when it was rendered.
        boolean isColoredAnew(CodeColors colors) {
            return awaited.stream().anyMatch(code -> code.isColoredAnew(colors));
        }
    }

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
                pieces.add(new RenderedBlock(line, lines.build(), writer.awaited()));
            }
        }
        return pieces;
    }

    /// What is known of the colours of code.
    CodeColors colors() {
        return colors;
    }

    /// How to render a long table while it grows, if a text starts with a top-level one; else null.
    ///
    /// @param before the number of blocks of the same item before this text
    @Nullable GrowingTable growingTable(String text, int before) {
        return GrowingTable.of(
                text,
                layout,
                layout.group(before, 0),
                above(before),
                MarkdownBlockWriter.TABLE_GAP);
    }

    private static int above(int before) {
        return before == 0 ? ParagraphStyle.ITEM_SPACE : 0;
    }

    /// How to render code while it grows, if a text starts with a top-level block of code; else
    /// null.
    ///
    /// @param before the number of blocks of the same item before this text
    @Nullable GrowingCode growingCode(String text, int before) {
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
                above(before),
                MarkdownBlockWriter.GAP);
    }
}
