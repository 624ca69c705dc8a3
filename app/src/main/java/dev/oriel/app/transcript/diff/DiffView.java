package dev.oriel.app.transcript.diff;

import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.highlight.Language;
import dev.oriel.app.reading.DiffLayout;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphStyle;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How a diff is shown.
///
/// @param line style of one line
/// @param columns characters of code in a line
/// @param layout chosen by the user
/// @param most the greatest number of rows
/// @param longest the most characters of a line that are shown
/// @param opened whether a fold with a name is open
/// @param toggle what a click on a fold with a name does; null if folds stay closed
/// @param language of the file; null if unknown
/// @param colors of code
public record DiffView(
        ParagraphStyle line,
        int columns,
        DiffLayout layout,
        int most,
        int longest,
        Predicate<String> opened,
        @Nullable Function<String, ClickAction> toggle,
        @Nullable Language language,
        CodeColors colors) {
    /// The fewest columns with which both sides are readable.
    private static final int SPLIT_LEAST = 56;

    /// The fewest columns with which lines of usual code fit into both sides.
    private static final int SPLIT_COMFORTABLE = 120;

    /// Whether both sides are shown beside each other.
    public boolean isSplit() {
        return isSplit(layout, columns);
    }

    /// Whether there is enough room for both sides beside each other, as the user chose it.
    public static boolean isSplit(DiffLayout layout, int columns) {
        return switch (layout) {
            case UNIFIED -> false;
            case SIDE_BY_SIDE -> columns >= SPLIT_LEAST;
            case AUTOMATIC -> columns >= SPLIT_COMFORTABLE;
        };
    }
}
