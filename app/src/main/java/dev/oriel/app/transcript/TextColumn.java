package dev.oriel.app.transcript;

import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.options.TextFit;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.Region;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.jspecify.annotations.Nullable;

/// Centres the column of text in the view, and reports what fits into it.
///
/// The column ends where the composer under it does, whether a scroll bar is visible or not.
/// Belongs to the JavaFX thread.
final class TextColumn {
    /// The greatest width of the column, pixels.
    static final double WIDTH = 760;

    /// The least room at each side of the column, pixels.
    private static final double MARGIN = 24;

    /// Widths are reported in multiples of this, pixels.
    private static final int STEP = 24;

    private final Region view;
    private final TranscriptArea area;
    private final Consumer<TextFit> fitted;

    private final FontSamples fonts = new FontSamples(this::update);
    private final @Nullable ScrollBar bar;

    /// @param view gives the width
    /// @param fitted called after every change of the width or the font
    TextColumn(
            Region view,
            TranscriptArea area,
            VirtualizedScrollPane<TranscriptArea> scroll,
            Consumer<TextFit> fitted) {
        this.view = view;
        this.area = area;
        this.fitted = fitted;
        view.widthProperty().addListener((_, _, _) -> update());
        view.insetsProperty().addListener((_, _, _) -> update());
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

    /// The invisible nodes whose styles determine the fonts. They must be in the scene.
    List<Label> samples() {
        return fonts.nodes();
    }

    private void update() {
        double width = view.getWidth();
        double side = Math.max(MARGIN, (width - WIDTH) / 2);
        double taken = bar != null && bar.isVisible() ? bar.getWidth() : 0;
        // The view is in a frame that is visible with the keyboard focus.
        Insets frame = view.getInsets();
        double right = Math.max(0, side - taken - frame.getRight());
        area.setPadding(new Insets(0, right, 0, side - frame.getLeft()));
        double column = Math.min(WIDTH, width - 2 * MARGIN);
        // In steps, so that a resize does not render everything again at every pixel.
        int fitting = (int) ((column - 40) / fonts.codeWidth()) / 4 * 4;
        int stepped = column < WIDTH ? (int) column / STEP * STEP : (int) WIDTH;
        fitted.accept(new TextFit(Math.max(24, fitting), Math.max(STEP, stepped), fonts.measure()));
    }
}
