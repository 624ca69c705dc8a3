package dev.oriel.app.transcript.options;

import dev.oriel.app.reading.ReadingSettings;
import dev.oriel.app.transcript.markdown.Folds;
import dev.oriel.app.transcript.markdown.MarkdownLayout;

/// What determines how all items of a conversation are rendered. Immutable.
///
/// @param fit what fits into the column of text
/// @param reading the user's choices
public record RenderSettings(TextFit fit, ReadingSettings reading) {
    /// The settings with defaults for all but the width.
    ///
    /// @param columns characters of code in a line
    public static RenderSettings of(int columns) {
        return new RenderSettings(TextFit.of(columns), ReadingSettings.DEFAULTS);
    }

    /// Characters of code in a line.
    public int columns() {
        return fit.columns();
    }

    public RenderSettings withFit(TextFit other) {
        return new RenderSettings(other, reading);
    }

    public RenderSettings withReading(ReadingSettings choices) {
        return new RenderSettings(fit, choices);
    }

    /// The layout of an item's Markdown.
    public MarkdownLayout markdown(String itemId) {
        return new MarkdownLayout(
                itemId, fit.columns(), fit.width(), reading.longLines(), fit.measure(), Folds.NONE);
    }
}
