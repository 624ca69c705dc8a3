package dev.oriel.app.text.markdown;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/// A block of HTML that consists only of elements which Markdown has too. Its children are the
/// blocks of Markdown that show the same.
public final class HtmlContent extends CustomBlock {
    /// Replaces all blocks of HTML that can be read. Uses no recursion: they can be nested deeply.
    @SuppressWarnings("ReferenceEquality") // a node is equal to itself only
    static void replaceAll(Node document) {
        Node node = document;
        while (node != null) {
            if (node instanceof HtmlBlock html) {
                join(html);
                node = replace(html);
            }
            Node next = node instanceof HtmlContent ? null : node.getFirstChild();
            while (next == null && node != null && node != document) {
                next = node.getNext();
                node = next == null ? node.getParent() : node;
            }
            node = next;
        }
    }

    /// Continues a list or table that has not ended: for Markdown a blank line ends a block of
    /// HTML, so its rest is in the following blocks, or in code if that is indented. Without an end
    /// they are one block too: more of it may be on the way.
    private static void join(HtmlBlock html) {
        int open = HtmlReader.openParts(html.getLiteral());
        StringBuilder all = new StringBuilder(html.getLiteral());
        List<Node> rest = new ArrayList<>();
        for (Node n = html.getNext(); open > 0 && n != null; n = n.getNext()) {
            String more =
                    switch (n) {
                        case HtmlBlock h -> h.getLiteral();
                        case IndentedCodeBlock c -> c.getLiteral();
                        default -> "";
                    };
            if (!HtmlReader.startsInPart(more)
                    || all.length() + more.length() > HtmlReader.LONGEST) {
                break;
            }
            rest.add(n);
            all.append("\n\n").append(more.strip());
            open += HtmlReader.openParts(more);
        }
        html.setLiteral(all.toString());
        rest.forEach(n -> {
            n.getSourceSpans().forEach(html::addSourceSpan);
            n.unlink();
        });
    }

    private static Node replace(HtmlBlock html) {
        @Nullable List<Node> blocks =
                HtmlBreaks.hasOnlyBreaks(html.getLiteral())
                        ? null
                        : HtmlReader.read(html.getLiteral());
        if (blocks == null) {
            return html;
        }
        HtmlContent content = new HtmlContent();
        content.setSourceSpans(html.getSourceSpans());
        blocks.forEach(content::appendChild);
        html.insertBefore(content);
        html.unlink();
        return content;
    }
}
