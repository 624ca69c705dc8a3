package dev.oriel.app.text.markdown;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.node.BulletList;
import org.commonmark.node.Heading;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;

/// Reads blocks of HTML that are only paragraphs, headings, lines, lists and tables, as READMEs and
/// answers have them. Lists and tables must be well formed. Everything else is not read, so that it
/// is shown as it was written.
final class HtmlReader {
    private static final Set<String> PARAGRAPHS =
            Set.of("p", "div", "center", "h1", "h2", "h3", "h4", "h5", "h6", "hr");
    private static final Set<String> NESTED =
            Set.of("ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "th", "td");
    private static final Set<String> OUTERMOST = Set.of("ul", "ol", "table");
    private static final Set<String> VOID = Set.of("br", "img", "wbr");

    /// Makes the HTML a part of a paragraph, because a tag at the start of a line begins a block.
    private static final String START = "x ";

    /// Longer blocks are not read.
    static final int LONGEST = 20_000;

    private static final int DEEPEST = 20;
    private static final int WIDEST = 100;

    private final List<Node> blocks = new ArrayList<>();

    /// The lists and tables that are open, and their parts; the innermost one first.
    private final Deque<Open> open = new ArrayDeque<>();

    /// The level of the heading that is open; 0 if none is.
    private int heading;

    /// An element that is open.
    private record Open(HtmlTag tag, Node node) {
        boolean is(String... names) {
            return List.of(names).contains(tag.name());
        }
    }

    private HtmlReader() {}

    /// The blocks of Markdown that show the same.
    ///
    /// @return null if the HTML is malformed or contains anything else
    static @Nullable List<Node> read(String html) {
        if (html.length() > LONGEST || html.contains("<!") || html.contains("<?")) {
            return null;
        }
        HtmlReader reader = new HtmlReader();
        Matcher tags = HtmlTag.in(html);
        int from = 0;
        while (tags.find()) {
            HtmlTag tag = HtmlTag.of(tags);
            boolean nested = NESTED.contains(tag.name());
            if (nested || PARAGRAPHS.contains(tag.name())) {
                String text = html.substring(from, tags.start());
                from = tags.end();
                if (!reader.text(text) || !(nested ? reader.nested(tag) : reader.paragraph(tag))) {
                    return null;
                }
            } else if (!VOID.contains(tag.name()) && !tag.isInline()) {
                return null;
            }
        }
        boolean complete = reader.text(html.substring(from)) && reader.open.isEmpty();
        return complete ? reader.blocks : null;
    }

    /// How many more lists and tables begin in the HTML than end.
    static int openParts(String html) {
        int open = 0;
        Matcher tags = HtmlTag.in(html);
        while (html.length() <= LONGEST && tags.find()) {
            HtmlTag tag = HtmlTag.of(tags);
            if (OUTERMOST.contains(tag.name())) {
                open += tag.closing() ? -1 : 1;
            }
        }
        return open;
    }

    /// Whether the HTML starts with a tag of a list or table, or of a part of one.
    static boolean startsInPart(String html) {
        Matcher first = HtmlTag.in(html.stripLeading());
        return first.lookingAt() && NESTED.contains(HtmlTag.of(first).name());
    }

    /// @return false if the text is where it must not be
    private boolean text(String text) {
        if (text.isBlank()) {
            return true;
        }
        String line = text.strip().replaceAll("\\s+", " ");
        Open around = open.peek();
        if (around != null && !around.is("li", "td", "th")) {
            return false;
        }
        if (MarkdownParser.parseBlocks(START + line).getFirstChild() instanceof Paragraph paragraph
                && paragraph.getFirstChild() instanceof Text first) {
            first.setLiteral(first.getLiteral().substring(START.length()));
            if (around != null && around.node() instanceof TableCell cell) {
                if (cell.getParent() instanceof HtmlRow row) {
                    row.addSource(line);
                }
                boolean strong = around.is("th") && !cell.isHeader();
                move(paragraph, strong ? appended(cell, new StrongEmphasis("**")) : cell);
            } else {
                add(heading == 0 ? paragraph : move(paragraph, heading(heading)));
            }
            return true;
        }
        return false;
    }

    /// @return false if the element is where it must not be
    private boolean paragraph(HtmlTag tag) {
        Open around = open.peek();
        if (around != null && !(around.is("li") && tag.name().matches("p|div"))) {
            return false;
        }
        boolean opens = !tag.closing();
        heading = opens && tag.name().matches("h[1-6]") ? tag.name().charAt(1) - '0' : 0;
        if (tag.name().equals("hr")) {
            add(new ThematicBreak());
        }
        for (Open each : open) {
            if (each.node() instanceof ListBlock list) {
                list.setTight(false);
            }
        }
        return true;
    }

    /// @return false if the element is where it must not be, or cannot be shown
    private boolean nested(HtmlTag tag) {
        if (tag.closing()) {
            Open ended = open.poll();
            boolean mayBeEmpty =
                    ended != null && ended.is("li", "td", "th", "thead", "tbody", "tfoot");
            if (ended == null
                    || !ended.is(tag.name())
                    || (ended.node().getFirstChild() == null && !mayBeEmpty)) {
                return false;
            }
            if (ended.node() instanceof TableCell cell) {
                end(cell, ended.tag());
            }
            return true;
        }
        heading = 0;
        Open around = open.peek();
        @Nullable Node node = open.size() < DEEPEST ? node(tag, around) : null;
        if (node == null) {
            return false;
        }
        if (around != null && around.is("table") && node instanceof HtmlRow) {
            body(around.node()).appendChild(node);
        } else {
            add(node);
        }
        open.push(new Open(tag, node));
        return true;
    }

    /// The node of an element that begins.
    ///
    /// @return null if it must not be there, or cannot be shown
    private static @Nullable Node node(HtmlTag tag, @Nullable Open around) {
        return switch (tag.name()) {
            case "ul", "ol" -> around == null || around.is("li") ? list(tag) : null;
            case "li" ->
                    around != null && around.is("ul", "ol") && !tag.has("value")
                            ? new ListItem()
                            : null;
            case "table" -> around == null ? new TableBlock() : null;
            case "thead" -> around != null && around.is("table") ? new TableHead() : null;
            case "tbody", "tfoot" -> around != null && around.is("table") ? new TableBody() : null;
            case "tr" ->
                    around != null && around.is("table", "thead", "tbody", "tfoot")
                            ? new HtmlRow()
                            : null;
            default -> around != null && around.is("tr") ? cell(tag, around.node()) : null;
        };
    }

    private static @Nullable Node list(HtmlTag tag) {
        if (tag.has("reversed") || tag.has("type")) {
            return null;
        }
        ListBlock list = tag.name().equals("ul") ? new BulletList() : new OrderedList();
        list.setTight(true);
        String start = tag.attribute("start");
        if (list instanceof OrderedList ordered) {
            if (!start.matches("\\d{0,9}")) {
                return null;
            }
            ordered.setMarkerStartNumber(start.isEmpty() ? 1 : Integer.parseInt(start));
        }
        return list;
    }

    private static @Nullable Node cell(HtmlTag tag, Node row) {
        if (tag.has("rowspan") || !tag.attribute("colspan").matches("\\d{0,2}")) {
            return null;
        }
        TableCell cell = new TableCell();
        boolean first = row.getFirstChild() == null;
        boolean inHead = row.getParent() instanceof TableHead;
        // A first cell that is a header may be the header of its row; the first row decides.
        boolean firstRow =
                row.getPrevious() == null
                        && !(row.getParent() instanceof TableBody b && b.getPrevious() != null);
        boolean headerRow = row.getFirstChild() instanceof TableCell c && c.isHeader();
        cell.setHeader(inHead || (first ? firstRow && tag.name().equals("th") : headerRow));
        cell.setAlignment(alignment(tag));
        return cell;
    }

    private static TableCell.@Nullable Alignment alignment(HtmlTag tag) {
        String style = tag.attribute("style").replaceAll("\\s", "").toLowerCase(Locale.ROOT);
        String align = tag.attribute("align").toLowerCase(Locale.ROOT);
        for (TableCell.Alignment each : TableCell.Alignment.values()) {
            String name = each.name().toLowerCase(Locale.ROOT);
            if (align.equals(name) || style.contains("text-align:" + name)) {
                return each;
            }
        }
        return null;
    }

    /// Adds empty cells in place of the columns over which a cell extends.
    private static void end(TableCell cell, HtmlTag tag) {
        if (!(cell.getParent() instanceof HtmlRow row)) {
            return;
        }
        if (cell.getFirstChild() == null) {
            row.addSource("");
        }
        String span = tag.attribute("colspan");
        int columns = Math.min(WIDEST, span.isEmpty() ? 1 : Integer.parseInt(span));
        for (int i = 1; i < columns; i++) {
            TableCell empty = new TableCell();
            empty.setHeader(cell.isHeader());
            row.appendChild(empty);
            row.addSource("");
        }
    }

    /// The part of a table for a row outside of all parts.
    private static Node body(Node table) {
        return table.getLastChild() instanceof TableBody body
                ? body
                : appended(table, new TableBody());
    }

    private void add(Node block) {
        Open around = open.peek();
        if (around == null) {
            blocks.add(block);
        } else {
            around.node().appendChild(block);
        }
    }

    private static Heading heading(int level) {
        Heading heading = new Heading();
        heading.setLevel(level);
        return heading;
    }

    private static Node appended(Node parent, Node child) {
        parent.appendChild(child);
        return child;
    }

    private static Node move(Node from, Node to) {
        Node next = from.getFirstChild();
        while (next != null) {
            Node node = next;
            next = node.getNext();
            to.appendChild(node);
        }
        return to;
    }
}
