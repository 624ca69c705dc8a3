package dev.oriel.app.transcript.markdown;

import dev.oriel.app.text.markdown.FootnoteReference;
import dev.oriel.app.text.markdown.Formula;
import dev.oriel.app.text.markdown.HtmlBreaks;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.fxmisc.richtext.model.StyledSegment;

/// Renders the inline nodes of a Markdown paragraph as rows of styled text. A hard break ends a
/// row.
final class InlineRenderer {
    private final List<List<StyledSegment<String, TextStyle>>> rows = new ArrayList<>();
    private final TextStyle base;

    InlineRenderer(TextStyle base) {
        this.base = base;
        rows.add(new ArrayList<>());
    }

    List<List<StyledSegment<String, TextStyle>>> rows(Node parent) {
        children(parent, base);
        return rows;
    }

    private void children(Node parent, TextStyle ink) {
        for (Node n = parent.getFirstChild(); n != null; n = n.getNext()) {
            inline(n, ink);
        }
    }

    private void inline(Node node, TextStyle ink) {
        switch (node) {
            case Text t -> put(t.getLiteral(), ink);
            case Code c -> put(c.getLiteral(), ink.withClass("code-inline"));
            case Emphasis e -> children(e, ink.withClass("em"));
            case StrongEmphasis s -> children(s, ink.withClass("strong"));
            case Strikethrough s -> children(s, ink.withClass("strike"));
            case Link l -> {
                int row = rows.size() - 1;
                int from = rows.getLast().size();
                children(l, link(ink, l.getDestination()));
                if (row == rows.size() - 1) {
                    warn(rows.getLast().subList(from, rows.getLast().size()), l, ink);
                }
            }
            // Images are not loaded: that would tell their server who reads the text, and when.
            case Image i -> {
                String host = LinkTarget.host(i.getDestination());
                put("[image: ", ink.withClass("quiet"));
                if (i.getFirstChild() == null) {
                    put("without a description", link(ink, i.getDestination()));
                }
                children(i, link(ink, i.getDestination()));
                put(host.isEmpty() ? "]" : " · " + host + "]", ink.withClass("quiet"));
            }
            case FootnoteReference r -> put("[" + r.number() + "]", ink.withClass("footnote-ref"));
            // A line break in the source is a space in the paragraph.
            case SoftLineBreak _ -> put(" ", ink);
            case HardLineBreak _ -> rows.add(new ArrayList<>());
            case HtmlInline h -> {
                if (HtmlBreaks.isBreak(h.getLiteral())) {
                    rows.add(new ArrayList<>());
                } else {
                    put(h.getLiteral(), ink.withClass("quiet"));
                }
            }
            case Formula f -> put(f.literal(), ink.withClass("formula"));
            default -> children(node, ink);
        }
    }

    /// Shows where a link leads to if its text looks like another address.
    private void warn(List<StyledSegment<String, TextStyle>> text, Link link, TextStyle ink) {
        StringBuilder shown = new StringBuilder();
        text.forEach(s -> shown.append(s.getSegment()));
        if (LinkTarget.isMisleading(shown.toString(), link.getDestination())) {
            String host = LinkTarget.host(link.getDestination());
            put(" (leads to " + host + ")", ink.withClass("link-warning"));
        }
    }

    private static TextStyle link(TextStyle ink, String url) {
        return AllowedLinks.isAllowed(url)
                ? ink.withClass("link").withAction(new ClickAction.OpenLink(url))
                : ink;
    }

    private void put(String text, TextStyle ink) {
        if (!text.isEmpty()) {
            rows.getLast().add(new StyledSegment<>(text.replace('\n', ' '), ink));
        }
    }
}
