package dev.oriel.app.transcript;

import dev.oriel.app.text.Formula;
import dev.oriel.app.text.HtmlBreaks;
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

/// The inside of a paragraph of Markdown as rows of styled text; a row ends at a hard break.
final class Inlines {
    private final List<List<StyledSegment<String, Ink>>> rows = new ArrayList<>();
    private final Ink base;

    Inlines(Ink base) {
        this.base = base;
        rows.add(new ArrayList<>());
    }

    List<List<StyledSegment<String, Ink>>> rows(Node parent) {
        children(parent, base);
        return rows;
    }

    private void children(Node parent, Ink ink) {
        for (Node n = parent.getFirstChild(); n != null; n = n.getNext()) {
            inline(n, ink);
        }
    }

    private void inline(Node node, Ink ink) {
        switch (node) {
            case Text t -> put(t.getLiteral(), ink);
            case Code c -> put(c.getLiteral(), ink.and("code-inline"));
            case Emphasis e -> children(e, ink.and("em"));
            case StrongEmphasis s -> children(s, ink.and("strong"));
            case Strikethrough s -> children(s, ink.and("strike"));
            case Link l -> children(l, link(ink, l.getDestination()));
            case Image i -> {
                put("[image: ", ink.and("quiet"));
                children(i, link(ink, i.getDestination()));
                put("]", ink.and("quiet"));
            }
            // Models break lines where they mean it, but a paragraph flows.
            case SoftLineBreak _ -> put(" ", ink);
            case HardLineBreak _ -> rows.add(new ArrayList<>());
            case HtmlInline h -> {
                if (HtmlBreaks.isOne(h.getLiteral())) {
                    rows.add(new ArrayList<>());
                } else {
                    put(h.getLiteral(), ink.and("quiet"));
                }
            }
            case Formula f -> put(f.literal(), ink.and("formula"));
            default -> children(node, ink);
        }
    }

    private static Ink link(Ink ink, String url) {
        return Links.mayOpen(url) ? ink.and("link").doing(new Action.OpenLink(url)) : ink;
    }

    private void put(String text, Ink ink) {
        if (!text.isEmpty()) {
            rows.getLast().add(new StyledSegment<>(text.replace('\n', ' '), ink));
        }
    }
}
