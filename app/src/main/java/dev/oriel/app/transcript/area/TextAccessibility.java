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
    private @Nullable String text;

    TextAccessibility(TranscriptArea area) {
        this.area = area;
    }

    void textChanged() {
        text = null;
    }

    /// @return null for other attributes
    @Nullable Object query(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case TEXT -> text();
            case EDITABLE -> false;
            case FONT -> Font.getDefault();
            case CARET_OFFSET -> area.getCaretPosition();
            case SELECTION_START -> area.getSelection().getStart();
            case SELECTION_END -> area.getSelection().getEnd();
            case LINE_FOR_OFFSET -> line(number(parameters, 0));
            case LINE_START -> start(number(parameters, 0));
            case LINE_END -> end(number(parameters, 0));
            case OFFSET_AT_POINT -> {
                Point2D at = area.screenToLocal((Point2D) parameters[0]);
                yield at == null ? 0 : area.hit(at.getX(), at.getY()).getInsertionIndex();
            }
            case BOUNDS_FOR_RANGE -> bounds(number(parameters, 0), number(parameters, 1));
            default -> null;
        };
    }

    private String text() {
        String now = text;
        if (now == null) {
            now = area.getText();
            text = now;
        }
        return now;
    }

    private static int number(Object[] parameters, int index) {
        return (Integer) parameters[index];
    }

    private int line(int offset) {
        return area.offsetToPosition(Math.clamp(offset, 0, area.getLength()), Bias.Forward)
                .getMajor();
    }

    private @Nullable Integer start(int line) {
        return line < 0 || line >= area.getParagraphs().size()
                ? null
                : area.getAbsolutePosition(line, 0);
    }

    private @Nullable Integer end(int line) {
        return line < 0 || line >= area.getParagraphs().size()
                ? null
                : area.getAbsolutePosition(line, area.getParagraphLength(line));
    }

    private Bounds[] bounds(int from, int to) {
        int end = Math.min(area.getLength(), Math.min(to + 1, from + MOST_BOUNDS));
        Optional<Bounds> bounds =
                from < 0 || from >= end
                        ? Optional.empty()
                        : area.getCharacterBoundsOnScreen(from, end);
        return bounds.map(b -> new Bounds[] {b}).orElse(new Bounds[0]);
    }
}
