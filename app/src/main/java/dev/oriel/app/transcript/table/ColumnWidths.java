package dev.oriel.app.transcript.table;

import java.util.Arrays;

/// Divides the width of the text among the columns of a table. Pure.
///
/// @param columns widths of the columns, pixels
/// @param gap between two columns, pixels
record ColumnWidths(int[] columns, int gap) {
    /// Where a column starts, pixels.
    int start(int column) {
        int at = 0;
        for (int c = 0; c < column; c++) {
            at += columns[c] + gap;
        }
        return at;
    }

    /// Where all columns start, pixels.
    int[] starts() {
        int[] starts = new int[columns.length];
        for (int c = 1; c < columns.length; c++) {
            starts[c] = starts[c - 1] + columns[c - 1] + gap;
        }
        return starts;
    }

    int total() {
        return Arrays.stream(columns).sum() + gap * Math.max(0, columns.length - 1);
    }

    /// Widths for a table.
    ///
    /// If there is room, each column is as wide as its widest cell. Else wide columns shrink, down
    /// to their least widths. If that is not enough, the table becomes wider than the room, and as
    /// it is scrolled anyway, its columns get up to `comfortable` pixels.
    ///
    /// @param natural widths of the widest cells
    /// @param least widths that no column goes below, at most the natural ones
    /// @param room for the whole table
    static ColumnWidths fit(int[] natural, int[] least, int room, int gap, int comfortable) {
        int free = room - gap * (natural.length - 1);
        if (sum(natural) <= free) {
            return new ColumnWidths(natural.clone(), gap);
        }
        int[] widths = new int[natural.length];
        if (sum(least) > free) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.min(natural[c], Math.max(least[c], comfortable));
            }
            return new ColumnWidths(widths, gap);
        }
        // The highest level to which all columns can be filled.
        int low = 0;
        int high = Arrays.stream(natural).max().orElse(0);
        while (low < high) {
            int level = (low + high + 1) >>> 1;
            if (filled(natural, least, level) <= free) {
                low = level;
            } else {
                high = level - 1;
            }
        }
        for (int c = 0; c < widths.length; c++) {
            widths[c] = Math.clamp(low, least[c], natural[c]);
        }
        return new ColumnWidths(widths, gap);
    }

    private static long filled(int[] natural, int[] least, int level) {
        long sum = 0;
        for (int c = 0; c < natural.length; c++) {
            sum += Math.clamp(level, least[c], natural[c]);
        }
        return sum;
    }

    private static long sum(int[] widths) {
        return Arrays.stream(widths).asLongStream().sum();
    }
}
