package dev.oriel.app.transcript.markdown;

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
            case Link l -> children(l, link(ink, l.getDestination()));
            case Image i -> {
                put("[image: ", ink.withClass("quiet"));
                children(i, link(ink, i.getDestination()));
                put("]", ink.withClass("quiet"));
            }
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
