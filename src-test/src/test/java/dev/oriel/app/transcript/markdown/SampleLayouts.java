package dev.oriel.app.transcript.markdown;

import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.reading.LongLines;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.table.CellMeasure;

/// Layouts of Markdown for tests, with a font whose characters are all 8 pixels wide.
public final class SampleLayouts {
    public static final int CHARACTER = 8;

    private SampleLayouts() {}

    /// @param columns characters of code in a line
    public static MarkdownLayout of(int columns) {
        return new MarkdownLayout(
                "text", columns, columns * CHARACTER, LongLines.SCROLL, measure(), Folds.NONE);
    }

    /// A renderer without colours of code.
    ///
    /// @param columns characters of code in a line
    public static MarkdownRenderer renderer(int columns) {
        return new MarkdownRenderer(of(columns), CodeColors.NONE);
    }

    public static CellMeasure measure() {
        return new CellMeasure() {
            @Override
            public double width(String text, TextStyle ink) {
                return text.codePointCount(0, text.length()) * CHARACTER;
            }

            @Override
            public double size() {
                return 10;
            }
        };
    }
}
