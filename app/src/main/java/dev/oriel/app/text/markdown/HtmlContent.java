package dev.oriel.app.text.markdown;

import java.util.List;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.HtmlBlock;
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
