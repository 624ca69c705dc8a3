package dev.oriel.app.transcript.markdown;

import dev.oriel.app.text.markdown.FootnoteReference;
import dev.oriel.app.text.markdown.FootnoteReturn;
import dev.oriel.app.text.markdown.Formula;
import dev.oriel.app.text.markdown.HtmlBreaks;
import dev.oriel.app.text.markdown.HtmlTag;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
import org.jspecify.annotations.Nullable;

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
        InlineElements elements = InlineElements.in(parent);
        Deque<Element> open = new ArrayDeque<>();
        TextStyle now = ink;
        for (Node n = parent.getFirstChild(); n != null; n = n.getNext()) {
            HtmlTag tag = elements.pairedAt(n);
            if (tag == null) {
                inline(n, now);
            } else if (!tag.closing()) {
                String url = tag.name().equals("a") ? tag.attribute("href") : "";
                open.push(new Element(now, url, rows.size(), rows.getLast().size()));
                now = url.isEmpty() ? InlineElements.ink(tag, now) : link(now, url);
            } else {
                Element ended = open.pop();
                now = ended.before();
                if (!ended.url().isEmpty()) {
                    endLink(ended.row(), ended.from(), ended.url(), now);
                }
            }
        }
    }

    /// An HTML element whose end was not reached yet.
    ///
    /// @param before the style of the text around it
    /// @param url where it leads to if it is a link; else empty
    /// @param row the number of rows when it began
    /// @param from the number of segments of the last row when it began
    private record Element(TextStyle before, String url, int row, int from) {}

    private void inline(Node node, TextStyle ink) {
        switch (node) {
            case Text t -> put(t.getLiteral(), ink);
            case Code c -> put(c.getLiteral(), ink.withClass("code-inline"));
            case Emphasis e -> children(e, ink.withClass("em"));
            case StrongEmphasis s -> children(s, ink.withClass("strong"));
            case Strikethrough s -> children(s, ink.withClass("strike"));
            // An address that is the text of a link leads where the link does.
            case Link l when ink.action() != null -> children(l, ink);
            case Link l -> {
                int row = rows.size();
                int from = rows.getLast().size();
                children(l, link(ink, l.getDestination()));
                endLink(row, from, l.getDestination(), ink);
            }
            // Images are not loaded: that would tell their server who reads the text, and when.
            case Image i -> {
                startImage(i.getDestination(), i.getFirstChild() == null ? "" : null, ink);
                children(i, link(ink, i.getDestination()));
                endImage(i.getDestination(), ink);
            }
            case FootnoteReference r ->
                    put(
                            "[" + r.number() + "]",
                            ink.withClass("footnote-ref")
                                    .withAction(new ClickAction.ToFootnote(r.number())));
            case FootnoteReturn r ->
                    put(
                            "\u00a0\u21a9\ufe0e",
                            TextStyle.of("footnote-back")
                                    .withAction(new ClickAction.ToReference(r.number())));
            // A line break in the source is a space in the paragraph.
            case SoftLineBreak _ -> put(" ", ink);
            case HardLineBreak _ -> rows.add(new ArrayList<>());
            case HtmlInline h -> html(h.getLiteral(), ink);
            case Formula f -> put(f.literal(), ink.withClass("formula"));
            default -> children(node, ink);
        }
    }

    private void startImage(String url, @Nullable String description, TextStyle ink) {
        put("[image: ", ink.withClass("quiet"));
        if (description != null) {
            put(description.isBlank() ? "without a description" : description, link(ink, url));
        }
    }

    private void endImage(String url, TextStyle ink) {
        String host = LinkTarget.host(url);
        put(host.isEmpty() ? "]" : " · " + host + "]", ink.withClass("quiet"));
    }

    /// A tag without a partner.
    private void html(String literal, TextStyle ink) {
        HtmlTag tag = HtmlTag.parse(literal);
        String name = tag == null || tag.closing() ? "" : tag.name();
        if (HtmlBreaks.isBreak(literal)) {
            rows.add(new ArrayList<>());
        } else if (tag != null && name.equals("img")) {
            startImage(tag.attribute("src"), tag.attribute("alt"), ink);
            endImage(tag.attribute("src"), ink);
        } else if (!name.equals("wbr")) {
            put(literal, ink.withClass("quiet"));
        }
    }

    /// Shows where a link leads to if its text does not say it.
    private void endLink(int row, int from, String url, TextStyle ink) {
        StringBuilder shown = new StringBuilder();
        if (row == rows.size()) {
            List<StyledSegment<String, TextStyle>> last = rows.getLast();
            last.subList(from, last.size()).forEach(s -> shown.append(s.getSegment()));
        }
        String warning = LinkTarget.warning(shown.toString(), url);
        boolean leads = LinkTarget.action(url) != null;
        put(warning, ink.withClass(leads ? "link-warning" : "quiet"));
    }

    private static TextStyle link(TextStyle ink, String url) {
        ClickAction action = LinkTarget.action(url);
        return action == null ? ink : ink.withClass("link").withAction(action);
    }

    private void put(String text, TextStyle ink) {
        if (!text.isEmpty()) {
            rows.getLast().add(new StyledSegment<>(text.replace('\n', ' '), ink));
        }
    }
}
