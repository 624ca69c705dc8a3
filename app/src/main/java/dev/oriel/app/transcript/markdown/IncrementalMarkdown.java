package dev.oriel.app.transcript.markdown;

import dev.oriel.app.transcript.document.ParagraphBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Renders an answer while it grows: finished blocks are rendered once, and only the open tail is
/// parsed again.
///
/// A block is finished when another one follows whose first line is complete; an incomplete line
/// could still belong to the block before it. If more colours of the code in a finished block are
/// known, only that block is rendered again. If a later line changes earlier blocks all the same (a
/// link's definition far below), they are corrected when the answer is complete and rendered as a
/// whole.
public final class IncrementalMarkdown {
    /// The length of a table that is not parsed again in every frame, characters.
    private static final int LONG_TABLE = 3_000;

    /// The same of code.
    private static final int LONG_CODE = 600;

    private final MarkdownRenderer markdown;

    /// One for each finished block.
    private final List<FinishedBlock> finished = new ArrayList<>();

    private int tail;

    /// Renders the tail if that is a long block of code or a long table; else null.
    private @Nullable GrowingBlock block;

    public IncrementalMarkdown(MarkdownRenderer markdown) {
        this.markdown = markdown;
    }

    /// @param text the answer so far, which starts with the text of the call before
    /// @return its blocks; finished ones are the same objects as before, unless their colours
    ///   became known
    public List<ParagraphBlock> render(String text) {
        List<ParagraphBlock> all = new ArrayList<>();
        finished.forEach(f -> all.addAll(f.blocks()));
        String open = text.substring(tail);
        List<ParagraphBlock> growing = block == null ? null : block.render(open);
        if (growing != null) {
            all.addAll(growing);
            return all;
        }
        if (block instanceof GrowingCode code && code.end() >= 0) {
            finished.add(code);
            all.addAll(code.blocks());
            tail += code.end();
            open = text.substring(tail);
        }
        block = block != null && block.isClosed() ? null : block;
        List<MarkdownRenderer.RenderedBlock> pieces = markdown.render(open, finished.size());
        pieces.forEach(p -> all.add(p.block()));
        finish(open, pieces);
        if (block == null) {
            block = growing(text.substring(tail));
        }
        return all;
    }

    /// Finishes all blocks but the last one, if the first line of that is complete.
    private void finish(String open, List<MarkdownRenderer.RenderedBlock> pieces) {
        int last = pieces.size() - 1;
        int start = last > 0 ? lineStart(open, pieces.get(last).line()) : open.length();
        if (open.indexOf('\n', start) < 0) {
            return;
        }
        int from = 0;
        for (int i = 0; i < last; i++) {
            int to = lineStart(open, pieces.get(i + 1).line());
            finished.add(
                    new ParsedBlock(
                            markdown, open.substring(from, to), finished.size(), pieces.get(i)));
            from = to;
        }
        tail += start;
    }

    private @Nullable GrowingBlock growing(String text) {
        GrowingBlock code =
                text.length() > LONG_CODE ? markdown.growingCode(text, finished.size()) : null;
        return code == null && text.length() > LONG_TABLE
                ? markdown.growingTable(text, finished.size())
                : code;
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
