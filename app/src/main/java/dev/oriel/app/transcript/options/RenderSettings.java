package dev.oriel.app.transcript.options;

import dev.oriel.app.reading.ReadingSettings;
import dev.oriel.app.transcript.markdown.MarkdownLayout;

/// What determines how all items of a conversation are rendered. Immutable.
///
/// @param columns characters of code in a line
/// @param reading the user's choices
public record RenderSettings(int columns, ReadingSettings reading) {
    /// The settings with defaults for all but the width.
    public static RenderSettings of(int columns) {
        return new RenderSettings(columns, ReadingSettings.DEFAULTS);
    }

    public RenderSettings withColumns(int characters) {
        return new RenderSettings(characters, reading);
    }

    public RenderSettings withReading(ReadingSettings choices) {
        return new RenderSettings(columns, choices);
    }

    /// The layout of an item's Markdown.
    public MarkdownLayout markdown(String itemId) {
        return new MarkdownLayout(itemId, columns, reading.longLines());
    }
}
