package dev.oriel.app.transcript.markdown;

import dev.oriel.app.text.markdown.HtmlTag;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/// The HTML elements within a paragraph that only change how text looks, such as `<kbd>`. An
/// element counts if both of its tags are in the same part of the paragraph; every other tag is
/// text.
final class InlineElements {
    private static final Map<String, String> CLASSES =
            Map.ofEntries(
                    Map.entry("b", "strong"),
                    Map.entry("strong", "strong"),
                    Map.entry("i", "em"),
                    Map.entry("em", "em"),
                    Map.entry("cite", "em"),
                    Map.entry("var", "em"),
                    Map.entry("dfn", "em"),
                    Map.entry("s", "strike"),
                    Map.entry("del", "strike"),
                    Map.entry("strike", "strike"),
                    Map.entry("code", "code-inline"),
                    Map.entry("kbd", "code-inline"),
                    Map.entry("samp", "code-inline"),
                    Map.entry("tt", "code-inline"),
                    Map.entry("u", "underline"),
                    Map.entry("ins", "underline"),
                    Map.entry("mark", "highlighted"),
                    Map.entry("sub", "sub"),
                    Map.entry("sup", "sup"));

    /// The tags that have a partner: the name of the element and its attributes.
    private final IdentityHashMap<Node, HtmlTag> paired = new IdentityHashMap<>();

    private InlineElements() {}

    /// The elements among the children of a node.
    static InlineElements in(Node parent) {
        InlineElements found = new InlineElements();
        Deque<Node> open = new ArrayDeque<>();
        Deque<HtmlTag> tags = new ArrayDeque<>();
        Map<String, Integer> counts = new HashMap<>();
        for (Node n = parent.getFirstChild(); n != null; n = n.getNext()) {
            HtmlTag tag = n instanceof HtmlInline h ? HtmlTag.parse(h.getLiteral()) : null;
            if (tag == null || !tag.isInline()) {
                continue;
            }
            if (!tag.closing()) {
                open.push(n);
                tags.push(tag);
                counts.merge(tag.name(), 1, Integer::sum);
            } else if (counts.getOrDefault(tag.name(), 0) > 0) {
                while (!tags.isEmpty()) {
                    Node start = open.pop();
                    HtmlTag opened = tags.pop();
                    counts.merge(opened.name(), -1, Integer::sum);
                    if (opened.name().equals(tag.name())) {
                        found.paired.put(start, opened);
                        found.paired.put(n, tag);
                        break;
                    }
                }
            }
        }
        return found;
    }

    /// The style of the text in an element.
    static TextStyle ink(HtmlTag tag, TextStyle around) {
        String own = CLASSES.getOrDefault(tag.name(), "");
        return own.isEmpty() ? around : around.withClass(own);
    }

    /// The tag if it has a partner; else null.
    @Nullable HtmlTag pairedAt(Node node) {
        return paired.get(node);
    }
}
