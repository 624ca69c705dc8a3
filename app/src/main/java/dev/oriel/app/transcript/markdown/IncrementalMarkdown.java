package dev.oriel.app.transcript.markdown;

import dev.oriel.app.transcript.document.ParagraphBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Renders an answer while it grows: finished blocks are rendered once, and only the open tail is
/// parsed again.
///
/// A block is finished when another one follows whose first line is complete; an incomplete line
/// could still belong to the block before it. A block of code is finished only when all of its
/// colours are known. If a later line changes earlier blocks all the same (a link's definition far
/// below), they are corrected when the answer is complete and rendered as a whole.
public final class IncrementalMarkdown {
    /// The length of code or a table that is not parsed again in every frame, characters.
    private static final int LONG = 3_000;

    private final MarkdownRenderer markdown;
    private final List<ParagraphBlock> finished = new ArrayList<>();
    private int tail;

    /// Renders the tail if that is a long block of code or a long table; else null.
    private @Nullable GrowingBlock block;

    public IncrementalMarkdown(MarkdownRenderer markdown) {
        this.markdown = markdown;
    }

    /// @param text the answer so far, which starts with the text of the call before
    /// @return its blocks; finished ones are the same objects as before
    public List<ParagraphBlock> render(String text) {
        String open = text.substring(tail);
        List<ParagraphBlock> growing = block == null ? null : block.render(open);
        if (growing != null) {
            List<ParagraphBlock> all = new ArrayList<>(finished);
            all.addAll(growing);
            return all;
        }
        block = block != null && block.isClosed() ? null : block;
        List<MarkdownRenderer.RenderedBlock> pieces = markdown.render(open, finished.size());
        List<ParagraphBlock> all = new ArrayList<>(finished);
        pieces.forEach(p -> all.add(p.block()));
        int last = 0;
        while (last < pieces.size() - 1 && pieces.get(last).colored()) {
            last++;
        }
        if (last > 0) {
            int start = lineStart(open, pieces.get(last).line());
            if (open.indexOf('\n', start) >= 0) {
                for (MarkdownRenderer.RenderedBlock p : pieces.subList(0, last)) {
                    finished.add(p.block());
                }
                tail += start;
            }
        }
        if (block == null && text.length() - tail > LONG) {
            block = markdown.growingBlock(text.substring(tail), finished.size());
        }
        return all;
    }

    /// The number of characters that are not parsed again.
    int finishedChars() {
        return tail;
    }

    private static int lineStart(String text, int line) {
        int at = 0;
        for (int i = 0; i < line; i++) {
            int end = at;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            at = end + 1;
            if (end + 1 < text.length()
                    && text.charAt(end) == '\r'
                    && text.charAt(end + 1) == '\n') {
                at++;
            }
        }
        return Math.min(at, text.length());
    }
}
