package dev.oriel.app.transcript.markdown;

import dev.oriel.app.text.markdown.MarkdownParser;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Node;

/// Renders Markdown into blocks of paragraphs, one per top-level block. Pure; on any thread.
public final class MarkdownRenderer {
    private final int columns;

    /// @param columns characters of code in a line
    public MarkdownRenderer(int columns) {
        this.columns = columns;
    }

    /// A top-level block.
    ///
    /// @param line where it starts in the text, from 0
    public record RenderedBlock(int line, ParagraphBlock block) {}

    /// @param first whether the text is the start of its item, so that it needs the space above an
    ///   item
    public List<RenderedBlock> render(String text, boolean first) {
        List<RenderedBlock> pieces = new ArrayList<>();
        Node document = MarkdownParser.parse(text);
        for (Node n = document.getFirstChild(); n != null; n = n.getNext()) {
            BlockBuilder lines = new BlockBuilder();
            boolean top = first && pieces.isEmpty();
            new MarkdownBlockWriter(lines, columns, top ? ParagraphStyle.ITEM_SPACE : 0).write(n);
            if (lines.size() > 0) {
                int line =
                        n.getSourceSpans().isEmpty()
                                ? 0
                                : n.getSourceSpans().getFirst().getLineIndex();
                pieces.add(new RenderedBlock(line, lines.build()));
            }
        }
        return pieces;
    }
}
