package dev.oriel.app.transcript.table;

import dev.oriel.app.transcript.document.TextStyle;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// The content of a table. Immutable.
///
/// @param rows of any number of cells
/// @param headers the number of rows that are headers
public record Table(List<Row> rows, int headers) {
    public Table {
        rows = List.copyOf(rows);
    }

    /// @param source what the row is copied as, if the selection goes beyond one of its lines
    public record Row(List<Cell> cells, String source) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /// @param lines the text, divided where it must be
    public record Cell(List<List<StyledSegment<String, TextStyle>>> lines, Alignment alignment) {
        public Cell {
            lines = List.copyOf(lines);
        }
    }

    public enum Alignment {
        LEFT,
        CENTER,
        RIGHT
    }

    int columns() {
        return rows.stream().mapToInt(r -> r.cells().size()).max().orElse(0);
    }
}
