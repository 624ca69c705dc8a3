package dev.oriel.app.text.markdown;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Block;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Node;

/// Puts the blocks between `<details>` and `</details>` into [Details]. Markdown knows the tags as
/// HTML only, and the blocks between them as their neighbours.
final class DetailsCollector {
    private static final Pattern TAG =
            Pattern.compile(
                    "<details\\b([^>]*)>|</details\\s*>|<summary\\b[^>]*>(.*?)</summary\\s*>",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern OPEN =
            Pattern.compile("(^|\\s)open(\\s|=|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern MARKUP = Pattern.compile("<[^>]*>");

    private DetailsCollector() {}

    static void collect(Node document) {
        Deque<Node> containers = new ArrayDeque<>();
        containers.add(document);
        while (!containers.isEmpty()) {
            Node container = containers.remove();
            for (Node n = container.getFirstChild(); n != null; n = n.getNext()) {
                if (n instanceof Block && n.getFirstChild() instanceof Block) {
                    containers.add(n);
                }
            }
            collectChildren(container);
        }
    }

    private static void collectChildren(Node container) {
        Deque<Details> open = new ArrayDeque<>();
        Node next = container.getFirstChild();
        while (next != null) {
            Node node = next;
            next = node.getNext();
            if (node instanceof HtmlBlock html && TAG.matcher(html.getLiteral()).find()) {
                divide(html, open);
                html.unlink();
            } else if (!open.isEmpty()) {
                open.peek().appendChild(node);
            }
        }
    }

    /// Puts what an HTML block contains before it, or into the open parts.
    private static void divide(HtmlBlock html, Deque<Details> open) {
        String text = html.getLiteral();
        Matcher tags = TAG.matcher(text);
        int from = 0;
        while (tags.find()) {
            putText(text.substring(from, tags.start()), html, open);
            from = tags.end();
            if (tags.group(1) != null) {
                Details part = new Details(OPEN.matcher(tags.group(1)).find());
                part.setSourceSpans(html.getSourceSpans());
                put(part, html, open);
                open.push(part);
            } else if (tags.group(2) == null) {
                // A closing tag without an opening one closes nothing.
                open.poll();
            } else if (!open.isEmpty()) {
                open.peek().setSummary(plain(tags.group(2)));
            } else {
                putText(plain(tags.group(2)), html, open);
            }
        }
        putText(text.substring(from), html, open);
    }

    private static void put(Node node, HtmlBlock before, Deque<Details> open) {
        if (open.isEmpty()) {
            before.insertBefore(node);
        } else {
            open.peek().appendChild(node);
        }
    }

    private static void putText(String text, HtmlBlock before, Deque<Details> open) {
        if (!text.isBlank()) {
            Node content = MarkdownParser.parseBlocks(text.strip());
            Node next = content.getFirstChild();
            while (next != null) {
                Node node = next;
                next = node.getNext();
                node.setSourceSpans(before.getSourceSpans());
                put(node, before, open);
            }
        }
    }

    private static String plain(String html) {
        return MARKUP.matcher(html)
                .replaceAll("")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
