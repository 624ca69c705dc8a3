package dev.oriel.app.transcript.markdown;

import dev.oriel.app.transcript.document.ParagraphBlock;
import java.util.List;

/// A finished block that was parsed.
final class ParsedBlock implements FinishedBlock {
    private final MarkdownRenderer markdown;
    private final String source;
    private final int before;
    private MarkdownRenderer.RenderedBlock rendered;
    private boolean colored;

    /// @param source the text of the block alone
    /// @param before the number of blocks of the same item before it
    ParsedBlock(
            MarkdownRenderer markdown,
            String source,
            int before,
            MarkdownRenderer.RenderedBlock rendered) {
        this.markdown = markdown;
        this.source = source;
        this.before = before;
        this.rendered = rendered;
        colored = rendered.colored();
    }

    @Override
    public List<ParagraphBlock> blocks() {
        if (!colored && rendered.isColoredAnew(markdown.colors())) {
            List<MarkdownRenderer.RenderedBlock> again = markdown.render(source, before);
            if (again.size() == 1) {
                rendered = again.getFirst();
            }
            // A block that depends on the text around it keeps its colours until the answer is
            // complete.
            colored = again.size() != 1 || rendered.colored();
        }
        return List.of(rendered.block());
    }
}
