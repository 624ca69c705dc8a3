package dev.oriel.app.transcript.markdown;

import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/// The HTML elements within a paragraph that only change how text looks, such as `<kbd>`. An
/// element counts if both of its tags are in the same part of the paragraph; every other tag is
/// text.
final class InlineElements {
    private static final Pattern TAG =
            Pattern.compile("<(/?)([A-Za-z][A-Za-z0-9]*)([^>]*)>", Pattern.DOTALL);
    private static final Pattern ATTRIBUTE =
            Pattern.compile(
                    "([A-Za-z-]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+))",
                    Pattern.DOTALL);

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
                    Map.entry("sup", "sup"),
                    Map.entry("small", ""),
                    Map.entry("big", ""),
                    Map.entry("span", ""),
                    Map.entry("font", ""),
                    Map.entry("abbr", ""),
                    Map.entry("a", ""));

    /// The tags that have a partner: the name of the element and its attributes.
    private final IdentityHashMap<Node, Tag> paired = new IdentityHashMap<>();

    /// @param closing whether it ends the element
    record Tag(String name, boolean closing, String attributes) {
        /// The value of an attribute; empty if it has none.
        String attribute(String wanted) {
            Matcher all = ATTRIBUTE.matcher(attributes);
            while (all.find()) {
                if (all.group(1).equalsIgnoreCase(wanted)) {
                    String quoted = all.group(2) == null ? all.group(3) : all.group(2);
                    return quoted == null ? all.group(4) : quoted;
                }
            }
            return "";
        }

        TextStyle ink(TextStyle around) {
            String own = CLASSES.getOrDefault(name, "");
            return own.isEmpty() ? around : around.withClass(own);
        }
    }

    private InlineElements() {}

    /// The elements among the children of a node.
    static InlineElements in(Node parent) {
        InlineElements found = new InlineElements();
        Deque<Node> open = new ArrayDeque<>();
        Deque<Tag> tags = new ArrayDeque<>();
        Map<String, Integer> counts = new HashMap<>();
        for (Node n = parent.getFirstChild(); n != null; n = n.getNext()) {
            Tag tag = n instanceof HtmlInline h ? parse(h.getLiteral()) : null;
            if (tag == null || !CLASSES.containsKey(tag.name())) {
                continue;
            }
            if (!tag.closing()) {
                open.push(n);
                tags.push(tag);
                counts.merge(tag.name(), 1, Integer::sum);
            } else if (counts.getOrDefault(tag.name(), 0) > 0) {
                while (!tags.isEmpty()) {
                    Node start = open.pop();
                    Tag opened = tags.pop();
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

    /// A tag; null for a comment and the like.
    static @Nullable Tag parse(String html) {
        Matcher tag = TAG.matcher(html);
        return tag.matches()
                ? new Tag(
                        tag.group(2).toLowerCase(Locale.ROOT),
                        !tag.group(1).isEmpty(),
                        tag.group(3))
                : null;
    }

    /// Whether an element only changes how text looks.
    static boolean isKnown(String name) {
        return CLASSES.containsKey(name);
    }

    /// The tag if it has a partner; else null.
    @Nullable Tag pairedAt(Node node) {
        return paired.get(node);
    }
}
