package dev.oriel.app.text.markdown;

import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;

/// Bounds the depth of a syntax tree: what is nested deeper becomes plain text. Whoever walks the
/// tree may then use recursion; without a bound, a few kilobytes of `>` would overflow the stack.
final class NestingLimit {
    /// The greatest depth of a node that has children.
    static final int MAX_DEPTH = 100;

    private NestingLimit() {}

    /// Changes the tree. Uses no recursion itself.
    @SuppressWarnings("ReferenceEquality") // a node is equal to itself only
    static void apply(Node document) {
        Node node = document;
        int depth = 0;
        while (true) {
            if (depth == MAX_DEPTH && node.getFirstChild() != null) {
                flatten(node);
            }
            Node child = depth < MAX_DEPTH ? node.getFirstChild() : null;
            if (child != null) {
                node = child;
                depth++;
                continue;
            }
            while (node != document && node.getNext() == null) {
                node = node.getParent();
                depth--;
            }
            if (node == document) {
                return;
            }
            node = node.getNext();
        }
    }

    private static void flatten(Node node) {
        Text text = new Text(textOf(node));
        while (node.getFirstChild() != null) {
            node.getFirstChild().unlink();
        }
        boolean holdsInlines =
                !(node instanceof Block) || node instanceof Paragraph || node instanceof Heading;
        if (holdsInlines) {
            node.appendChild(text);
        } else {
            Paragraph paragraph = new Paragraph();
            paragraph.appendChild(text);
            node.appendChild(paragraph);
        }
    }

    /// The text of all descendants, separated by blanks.
    @SuppressWarnings("ReferenceEquality") // a node is equal to itself only
    private static String textOf(Node top) {
        StringBuilder out = new StringBuilder();
        Node node = top;
        while (node != null) {
            String own = literal(node).strip();
            if (!own.isEmpty()) {
                out.append(out.isEmpty() ? "" : " ").append(own.replace('\n', ' '));
            }
            Node next = node.getFirstChild();
            while (next == null && node != top) {
                next = node.getNext();
                node = next == null ? node.getParent() : node;
            }
            node = next;
        }
        return out.toString();
    }

    private static String literal(Node node) {
        return switch (node) {
            case Text t -> t.getLiteral();
            case Code c -> c.getLiteral();
            case FencedCodeBlock c -> c.getLiteral();
            case IndentedCodeBlock c -> c.getLiteral();
            case HtmlBlock h -> h.getLiteral();
            case HtmlInline h -> h.getLiteral();
            case Formula f -> f.literal();
            case FormulaBlock f -> f.literal();
            case Details d -> d.summary();
            default -> "";
        };
    }
}
