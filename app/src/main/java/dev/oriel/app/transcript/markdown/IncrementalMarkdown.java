package dev.oriel.app.transcript.markdown;

import dev.oriel.app.transcript.document.ParagraphBlock;
import java.util.ArrayList;
import java.util.List;

/// The blocks of an answer while it grows: what is finished is made once, and only the open tail is
/// read again.
///
/// A block is finished when another one stands behind it whose first line is complete; a line that
/// is not could still turn out to belong to the block before it. What a later line changes in
/// earlier blocks all the same (a link's definition far below) comes right when the answer is
/// complete and is rendered as a whole.
public final class IncrementalMarkdown {
    private final MarkdownRenderer markdown;
    private final List<ParagraphBlock> finished = new ArrayList<>();
    private int tail;

    public IncrementalMarkdown(MarkdownRenderer markdown) {
        this.markdown = markdown;
    }

    /// @param text all of the answer so far, an extension of what was given before
    /// @return its blocks; the finished ones are the same objects as before
    public List<ParagraphBlock> render(String text) {
        String open = text.substring(tail);
        List<MarkdownRenderer.RenderedBlock> pieces = markdown.render(open, finished.isEmpty());
        List<ParagraphBlock> all = new ArrayList<>(finished);
        pieces.forEach(p -> all.add(p.block()));
        if (pieces.size() > 1) {
            int last = pieces.size() - 1;
            int start = lineStart(open, pieces.get(last).line());
            if (open.indexOf('\n', start) >= 0) {
                for (MarkdownRenderer.RenderedBlock p : pieces.subList(0, last)) {
                    finished.add(p.block());
                }
                tail += start;
            }
        }
        return all;
    }

    /// How much of the text is not read again.
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
