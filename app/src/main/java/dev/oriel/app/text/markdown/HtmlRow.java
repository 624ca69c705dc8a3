package dev.oriel.app.text.markdown;

import java.util.StringJoiner;
import org.commonmark.ext.gfm.tables.TableRow;

/// A row of a table that was written in HTML.
public final class HtmlRow extends TableRow {
    private final StringJoiner cells = new StringJoiner(" | ", "| ", " |");

    void addSource(String cell) {
        cells.add(cell.replace("|", "\\|"));
    }

    /// The row as Markdown has it.
    public String source() {
        return cells.toString();
    }
}
