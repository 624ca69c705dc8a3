package dev.oriel.app.transcript.diff;

import dev.oriel.app.fx.FxLane;
import dev.oriel.app.highlight.CodeHighlighter;
import dev.oriel.app.reading.DiffLayout;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/// Creates panes that show diffs.
///
/// @param lane runs the callbacks of the background
/// @param background compares and renders
/// @param layout as the user chose it
/// @param highlighter colours code
public record DiffPanes(
        FxLane lane,
        Executor background,
        ObservableValue<DiffLayout> layout,
        CodeHighlighter highlighter) {
    /// A pane as high as its text, up to a limit, or as high as there is room.
    ///
    /// @param id node id of the text
    /// @param name of the text, for screen readers
    /// @param most the greatest height, pixels; null for the room that there is
    public DiffPane create(
            DiffContent content, String id, String name, @Nullable DoubleSupplier most) {
        return new DiffPane(this, content, id, name, most);
    }
}
