package dev.oriel.app.transcript;

import dev.oriel.app.text.MarkdownParser;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Node;

/// Markdown to blocks of paragraphs, one per top-level block. Pure; on any thread.
final class Markdown {
    private final int columns;

    /// @param columns characters of code that fit into a line
    Markdown(int columns) {
        this.columns = columns;
    }

    /// A top-level block.
    ///
    /// @param line of the text, from 0, where it starts
    record Piece(int line, Block block) {}

    /// @param first whether the text is the start of its item, so that no space stands over it
    List<Piece> render(String text, boolean first) {
        List<Piece> pieces = new ArrayList<>();
        Node document = MarkdownParser.parse(text);
        for (Node n = document.getFirstChild(); n != null; n = n.getNext()) {
            Lines lines = new Lines();
            boolean top = first && pieces.isEmpty();
            new MarkdownLines(lines, columns, top ? ItemRenderer.ITEM_SPACE : 0).top(n);
            if (lines.size() > 0) {
                int line =
                        n.getSourceSpans().isEmpty()
                                ? 0
                                : n.getSourceSpans().getFirst().getLineIndex();
                pieces.add(new Piece(line, lines.block()));
            }
        }
        return pieces;
    }
}
