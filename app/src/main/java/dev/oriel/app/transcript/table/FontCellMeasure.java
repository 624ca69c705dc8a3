package dev.oriel.app.transcript.table;

import dev.oriel.app.controls.FontMeasure;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javafx.scene.text.Font;
import javafx.scene.text.FontPosture;
import javafx.scene.text.FontWeight;

/// Measures cells in the fonts that `transcript.css` gives them.
///
/// Equal to another one with the same fonts.
public final class FontCellMeasure implements CellMeasure {
    /// The sizes of `.cell`, `.cell.code-inline` and `.cell.sub` in `transcript.css`, relative to
    /// the root's.
    private static final double PROSE = 1.077;

    private static final double CODE = 1;

    private static final double SMALL = 0.8;

    private final String family;
    private final String codeFamily;
    private final double rootSize;
    private final FontMeasure measure = new FontMeasure();
    private final Map<TextStyle, Font> fonts = new ConcurrentHashMap<>();

    /// @param family of prose
    /// @param codeFamily of code
    /// @param rootSize the root's font size, pixels
    public FontCellMeasure(String family, String codeFamily, double rootSize) {
        this.family = family;
        this.codeFamily = codeFamily;
        this.rootSize = rootSize;
    }

    /// A measure for the default fonts in their default size.
    public static FontCellMeasure ofDefaults() {
        return new FontCellMeasure("System", "monospace", 13);
    }

    @Override
    public double width(String text, TextStyle ink) {
        return measure.width(text, fonts.computeIfAbsent(ink.withoutAction(), this::font));
    }

    @Override
    public double size() {
        return rootSize * PROSE;
    }

    private Font font(TextStyle ink) {
        boolean code = ink.classes().contains("code-inline") || ink.classes().contains("formula");
        return Font.font(
                code ? codeFamily : family,
                ink.classes().contains("strong") ? FontWeight.BOLD : FontWeight.NORMAL,
                ink.classes().contains("em") ? FontPosture.ITALIC : FontPosture.REGULAR,
                rootSize * (isSmall(ink) ? SMALL : code ? CODE : PROSE));
    }

    private static boolean isSmall(TextStyle ink) {
        return ink.classes().contains("sub")
                || ink.classes().contains("sup")
                || ink.classes().contains("footnote-ref");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FontCellMeasure f
                && f.family.equals(family)
                && f.codeFamily.equals(codeFamily)
                && f.rootSize == rootSize;
    }

    @Override
    public int hashCode() {
        return family.hashCode() * 31 + Double.hashCode(rootSize);
    }
}
