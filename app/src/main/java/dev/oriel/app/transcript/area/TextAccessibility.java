package dev.oriel.app.transcript.area;

import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleAttribute;
import javafx.scene.text.Font;
import org.fxmisc.richtext.model.TwoDimensional.Bias;
import org.jspecify.annotations.Nullable;

/// Answers the queries of a screen reader about the text, which RichTextFX does not. A line is a
/// paragraph here.
final class TextAccessibility {
    private static final int MOST_BOUNDS = 64;

    private final TranscriptArea area;

    /// Created at the first query and kept until the text changes, because screen readers query it
    /// often.
    private @Nullable SpokenText spoken;

    TextAccessibility(TranscriptArea area) {
        this.area = area;
    }

    void textChanged() {
        spoken = null;
    }

    /// @return null for other attributes
    @Nullable Object query(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case TEXT -> spoken().text();
            case EDITABLE -> false;
            case FONT -> Font.getDefault();
            case CARET_OFFSET -> spoken().toSpoken(area.getCaretPosition());
            case SELECTION_START -> spoken().toSpoken(area.getSelection().getStart());
            case SELECTION_END -> spoken().toSpoken(area.getSelection().getEnd());
            case LINE_FOR_OFFSET -> line(number(parameters, 0));
            case LINE_START -> start(number(parameters, 0));
            case LINE_END -> end(number(parameters, 0));
            case OFFSET_AT_POINT -> {
                Point2D at = area.screenToLocal((Point2D) parameters[0]);
                yield at == null
                        ? 0
                        : spoken().toSpoken(area.hit(at.getX(), at.getY()).getInsertionIndex());
            }
            case BOUNDS_FOR_RANGE -> bounds(number(parameters, 0), number(parameters, 1));
            default -> null;
        };
    }

    private SpokenText spoken() {
        SpokenText now = spoken;
        if (now == null) {
            now = SpokenText.of(area.getContent());
            spoken = now;
        }
        return now;
    }

    private static int number(Object[] parameters, int index) {
        return (Integer) parameters[index];
    }

    private int line(int offset) {
        int at = spoken().toDocument(offset);
        return area.offsetToPosition(Math.clamp(at, 0, area.getLength()), Bias.Forward).getMajor();
    }

    private @Nullable Integer start(int line) {
        return line < 0 || line >= area.getParagraphs().size()
                ? null
                : spoken().toSpoken(area.getAbsolutePosition(line, 0));
    }

    private @Nullable Integer end(int line) {
        return line < 0 || line >= area.getParagraphs().size()
                ? null
                : spoken().endOfLine(area.getAbsolutePosition(line, area.getParagraphLength(line)));
    }

    private Bounds[] bounds(int fromSpoken, int toSpoken) {
        int from = spoken().toDocument(fromSpoken);
        int to = spoken().toDocument(toSpoken);
        int end = Math.min(area.getLength(), Math.min(to + 1, from + MOST_BOUNDS));
        Optional<Bounds> bounds =
                from < 0 || from >= end
                        ? Optional.empty()
                        : area.getCharacterBoundsOnScreen(from, end);
        return bounds.map(b -> new Bounds[] {b}).orElse(new Bounds[0]);
    }
}
