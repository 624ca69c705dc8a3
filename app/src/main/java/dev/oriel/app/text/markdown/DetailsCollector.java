package dev.oriel.app.text.markdown;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.commonmark.node.Block;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;

/// Puts the blocks between `<details>` and `</details>` into [Details]. Markdown knows the tags as
/// HTML only, and the blocks between them as their neighbours.
final class DetailsCollector {
    private static final Pattern TAG =
            Pattern.compile(
                    "<(details)\\b([^<>]*)>|</(details)\\s*>|<(summary)\\b[^<>]*>|</(summary)\\s*>",
                    Pattern.CASE_INSENSITIVE);
    private static final int DETAILS = 1;
    private static final int ATTRIBUTES = 2;
    private static final int SUMMARY = 4;
    private static final int SUMMARY_END = 5;
    private static final Pattern OPEN =
            Pattern.compile("(^|\\s)open(\\s|=|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern MARKUP = Pattern.compile("<[^<>]*>");

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
        List<MatchResult> tags = TAG.matcher(text).results().toList();
        List<Integer> summaryEnds =
                IntStream.range(0, tags.size())
                        .filter(i -> tags.get(i).group(SUMMARY_END) != null)
                        .boxed()
                        .toList();
        int nextEnd = 0;
        int from = 0;
        for (int i = 0; i < tags.size(); i++) {
            MatchResult tag = tags.get(i);
            while (nextEnd < summaryEnds.size() && summaryEnds.get(nextEnd) < i) {
                nextEnd++;
            }
            boolean complete = nextEnd < summaryEnds.size();
            if (tag.group(SUMMARY_END) != null || (tag.group(SUMMARY) != null && !complete)) {
                // A tag without its other one is text.
                continue;
            }
            putText(text.substring(from, tag.start()), html, open);
            from = tag.end();
            if (tag.group(DETAILS) != null) {
                Details part = new Details(OPEN.matcher(tag.group(ATTRIBUTES)).find());
                part.setSourceSpans(start(html));
                put(part, html, open);
                open.push(part);
            } else if (tag.group(SUMMARY) == null) {
                // A closing tag without an opening one closes nothing.
                open.poll();
            } else {
                i = summaryEnds.get(nextEnd);
                String summary = plain(text.substring(from, tags.get(i).start()));
                from = tags.get(i).end();
                if (open.isEmpty()) {
                    putText(summary, html, open);
                } else {
                    open.peek().setSummary(summary);
                }
            }
        }
        putText(text.substring(from), html, open);
    }

    /// Where a block starts. The spans of all its lines would be copied to each of its parts.
    private static List<SourceSpan> start(HtmlBlock html) {
        return html.getSourceSpans().stream().limit(1).toList();
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
                node.setSourceSpans(start(before));
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
