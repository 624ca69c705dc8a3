package dev.oriel.app.transcript.markdown;

import dev.oriel.app.text.DisplayText;
import dev.oriel.app.text.markdown.MarkdownParser;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.WideLines;
import dev.oriel.app.transcript.table.TableLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.jspecify.annotations.Nullable;

/// Renders a long table while it grows. The columns keep their widths until a word does not fit
/// into its column; only the last rows are rendered again.
final class GrowingTable implements GrowingBlock {
    /// Rows of a finished part.
    private static final int PART = 40;

    private static final Pattern START = Pattern.compile(" {0,3}\\|.*\\R {0,3}\\|? *:?-[-:| ]*\\R");

    /// A line that belongs to a table for certain.
    private static final Pattern ROW = Pattern.compile(" {0,3}\\|.*");

    private final MarkdownLayout layout;
    private final WideLines group;
    private final int above;
    private final int gap;
    private final String header;
    private final List<ParagraphBlock> parts = new ArrayList<>();
    private TableLayout.@Nullable Columns columns;

    /// Where the rows start that are not in a finished part.
    private int finished;

    /// Where the first line starts that is not complete.
    private int read;

    /// Complete rows that are not in a finished part.
    private int rows;

    private boolean closed;

    private GrowingTable(
            String header, MarkdownLayout layout, WideLines group, int above, int gap) {
        this.header = header;
        this.layout = layout;
        this.group = group;
        this.above = above;
        this.gap = gap;
        finished = header.length();
        read = finished;
    }

    /// How to render a text that starts with a top-level table whose rows start with a pipe; null
    /// if it does not.
    ///
    /// @param above space above the table, pixels
    /// @param gap space below it, pixels
    static @Nullable GrowingTable of(
            String text, MarkdownLayout layout, WideLines group, int above, int gap) {
        var start = START.matcher(text);
        return start.lookingAt() && DisplayText.isProse(text)
                ? new GrowingTable(start.group(), layout, group, above, gap)
                : null;
    }

    @Override
    public @Nullable List<ParagraphBlock> render(String text) {
        for (int end = text.indexOf('\n', read); end >= 0; end = text.indexOf('\n', read)) {
            String line = text.substring(read, end);
            if (!DisplayText.isProse(line) || !ROW.matcher(line).matches()) {
                closed = true;
                return null;
            }
            read = end + 1;
            rows++;
            if (rows == 2 * PART && !finishPart(text)) {
                closed = true;
                return null;
            }
        }
        String open = text.substring(read);
        if (!DisplayText.isProse(open) || (!open.isBlank() && !ROW.matcher(open).matches())) {
            return null;
        }
        ParagraphBlock tail = block(text.substring(finished), true);
        if (tail == null) {
            // A new object starts with new widths.
            closed = true;
            return null;
        }
        List<ParagraphBlock> all = new ArrayList<>(parts);
        all.add(tail);
        return all;
    }

    /// @return whether the rows could be rendered
    private boolean finishPart(String text) {
        int end = finished;
        for (int i = 0; i < PART; i++) {
            end = text.indexOf('\n', end) + 1;
        }
        if (columns == null) {
            columns = columns(text.substring(0, text.lastIndexOf('\n') + 1));
        }
        ParagraphBlock part = block(text.substring(finished, end), false);
        if (part != null) {
            parts.add(part);
            finished = end;
            rows -= PART;
        }
        return part != null;
    }

    private TableLayout.@Nullable Columns columns(String text) {
        return MarkdownParser.parse(text).getFirstChild() instanceof TableBlock table
                ? TableRows.of(table, text, layout, 0, group).columns()
                : null;
    }

    private @Nullable ParagraphBlock block(String body, boolean last) {
        String source = header + body;
        if (columns == null) {
            columns = columns(source);
        }
        if (columns == null
                || !(MarkdownParser.parse(source).getFirstChild() instanceof TableBlock table)
                || table.getNext() != null) {
            return null;
        }
        boolean first = parts.isEmpty();
        TableRows all = TableRows.of(table, source, layout, group, columns, first ? 0 : 1, last);
        if (all == null) {
            return null;
        }
        BlockBuilder out = new BlockBuilder();
        for (int i = 0; i < all.lines().size(); i++) {
            TableRows.Line line = all.lines().get(i);
            boolean end = last && i == all.lines().size() - 1;
            int top = first && i == 0 ? above : 0;
            out.addWhole(line.par().withVerticalMargin(top, end ? gap : 0), line.segments());
        }
        return out.build();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }
}
