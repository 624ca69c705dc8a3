package dev.oriel.app.transcript.markdown;

import dev.oriel.app.text.markdown.MarkdownParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;

/// Reads blocks of HTML that are only paragraphs, headings and lines, as READMEs have them.
final class HtmlParagraphs {
    private static final Pattern TAG =
            Pattern.compile("<(/?)([A-Za-z][A-Za-z0-9]*)\\b[^<>]*>", Pattern.DOTALL);
    private static final Set<String> BLOCKS =
            Set.of("p", "div", "center", "h1", "h2", "h3", "h4", "h5", "h6", "hr");
    private static final Set<String> VOID = Set.of("br", "img", "wbr");

    /// Makes the HTML a part of a paragraph, because a tag at the start of a line begins a block.
    private static final String START = "x ";

    /// Longer blocks are shown as code.
    private static final int LONGEST = 20_000;

    private HtmlParagraphs() {}

    /// The blocks of Markdown that show the same.
    ///
    /// @return null if the HTML contains anything else
    static @Nullable List<Node> of(String html) {
        if (html.length() > LONGEST || html.contains("<!") || html.contains("<?")) {
            return null;
        }
        List<Node> blocks = new ArrayList<>();
        Matcher tags = TAG.matcher(html);
        int heading = 0;
        int from = 0;
        while (tags.find()) {
            String name = tags.group(2).toLowerCase(java.util.Locale.ROOT);
            if (!BLOCKS.contains(name)) {
                if (!VOID.contains(name) && !InlineElements.isKnown(name)) {
                    return null;
                }
                continue;
            }
            add(html.substring(from, tags.start()), heading, blocks);
            from = tags.end();
            boolean opens = tags.group(1).isEmpty();
            heading = opens && name.matches("h[1-6]") ? name.charAt(1) - '0' : 0;
            if (name.equals("hr")) {
                blocks.add(new ThematicBreak());
            }
        }
        add(html.substring(from), heading, blocks);
        return blocks;
    }

    private static void add(String text, int level, List<Node> blocks) {
        if (text.isBlank()) {
            return;
        }
        String line = START + text.strip().replaceAll("\\s+", " ");
        if (MarkdownParser.parse(line).getFirstChild() instanceof Paragraph paragraph
                && paragraph.getFirstChild() instanceof Text first) {
            first.setLiteral(first.getLiteral().substring(START.length()));
            blocks.add(level == 0 ? paragraph : heading(paragraph, level));
        }
    }

    private static Heading heading(Paragraph paragraph, int level) {
        Heading heading = new Heading();
        heading.setLevel(level);
        Node next = paragraph.getFirstChild();
        while (next != null) {
            Node node = next;
            next = node.getNext();
            heading.appendChild(node);
        }
        return heading;
    }
}
