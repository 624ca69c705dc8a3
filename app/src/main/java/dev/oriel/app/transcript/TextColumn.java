package dev.oriel.app.transcript;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.transcript.area.TranscriptArea;
import java.util.function.IntConsumer;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.Region;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.jspecify.annotations.Nullable;

/// Centres the column of text in the view, and reports how many characters of code fit into it.
///
/// The column ends where the composer under it does, whether a scroll bar is visible or not.
/// Belongs to the JavaFX thread.
final class TextColumn {
    /// The greatest width of the column, pixels.
    static final double WIDTH = 760;

    /// The least room at each side of the column, pixels.
    private static final double MARGIN = 24;

    private final Region view;
    private final TranscriptArea area;
    private final IntConsumer columns;

    /// Has the font of code in the size that the user chose.
    private final Label sample = Controls.label();

    private final @Nullable ScrollBar bar;

    /// @param view gives the width
    /// @param columns called with the number of characters of code in a line, after every change of
    ///   the width or the font
    TextColumn(
            Region view,
            TranscriptArea area,
            VirtualizedScrollPane<TranscriptArea> scroll,
            IntConsumer columns) {
        this.view = view;
        this.area = area;
        this.columns = columns;
        sample.getStyleClass().add("code-sample");
        sample.setManaged(false);
        sample.setVisible(false);
        sample.fontProperty().addListener((_, _, _) -> update());
        view.widthProperty().addListener((_, _, _) -> update());
        bar = verticalBar(scroll);
        if (bar != null) {
            bar.visibleProperty().addListener((_, _, _) -> update());
            bar.widthProperty().addListener((_, _, _) -> update());
        }
    }

    private static @Nullable ScrollBar verticalBar(VirtualizedScrollPane<?> scroll) {
        return scroll.getChildrenUnmodifiable().stream()
                .filter(n -> n instanceof ScrollBar b && b.getOrientation() == Orientation.VERTICAL)
                .map(ScrollBar.class::cast)
                .findFirst()
                .orElse(null);
    }

    /// The invisible node whose style determines the font of code. It must be in the scene.
    Label sample() {
        return sample;
    }

    private void update() {
        double width = view.getWidth();
        double side = Math.max(MARGIN, (width - WIDTH) / 2);
        double taken = bar != null && bar.isVisible() ? bar.getWidth() : 0;
        area.setPadding(new Insets(0, Math.max(0, side - taken), 0, side));
        double code = Math.min(WIDTH, width - 2 * MARGIN) - 40;
        // In steps, so that a resize does not render everything again at every pixel.
        int fitting = (int) (code / TranscriptArea.codeWidth(sample.getFont())) / 4 * 4;
        columns.accept(Math.max(24, fitting));
    }
}
