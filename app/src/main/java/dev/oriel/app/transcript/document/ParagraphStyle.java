package dev.oriel.app.transcript.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a paragraph looks and behaves.
///
/// @param classes style classes, of `transcript.css`
/// @param margin space around what the paragraph is painted on
/// @param padding space between that and the text
/// @param marker what stands at the left of the first line
/// @param continuation whether it goes on with the line before it, which was cut for its length
/// @param action what a click anywhere on it does
/// @param tabStops where its tabulators lead to, characters of code from the left
public record ParagraphStyle(
        List<String> classes,
        Space margin,
        Space padding,
        @Nullable Marker marker,
        boolean continuation,
        @Nullable ClickAction action,
        List<Integer> tabStops) {
    /// Space above an item, pixels.
    public static final int ITEM_SPACE = 12;

    public static final ParagraphStyle PLAIN = of();

    /// Pixels on the four sides.
    public record Space(int top, int right, int bottom, int left) {
        static final Space NONE = new Space(0, 0, 0, 0);
    }

    /// Stands to the left of a paragraph; the lines of the paragraph do not flow under it.
    public sealed interface Marker {
        /// From the left edge of the text to where the paragraph starts, pixels.
        int width();

        record Bullet(String text, int width) implements Marker {}

        /// @param icon one of the icon font's names
        record Icon(String icon, int width) implements Marker {}
    }

    public static ParagraphStyle of(String... classes) {
        return new ParagraphStyle(
                List.of(classes), Space.NONE, Space.NONE, null, false, null, List.of());
    }

    public ParagraphStyle withClasses(String... more) {
        List<String> all = new ArrayList<>(classes);
        all.addAll(List.of(more));
        return new ParagraphStyle(
                List.copyOf(all), margin, padding, marker, continuation, action, tabStops);
    }

    /// With these margins over and under it.
    public ParagraphStyle withVerticalMargin(int above, int below) {
        Space m = new Space(above, margin.right(), below, margin.left());
        return new ParagraphStyle(classes, m, padding, marker, continuation, action, tabStops);
    }

    /// With this margin at its left.
    public ParagraphStyle withLeftMargin(int left) {
        Space m = new Space(margin.top(), margin.right(), margin.bottom(), left);
        return new ParagraphStyle(classes, m, padding, marker, continuation, action, tabStops);
    }

    public ParagraphStyle withPadding(int top, int right, int bottom, int left) {
        return new ParagraphStyle(
                classes,
                margin,
                new Space(top, right, bottom, left),
                marker,
                continuation,
                action,
                tabStops);
    }

    public ParagraphStyle withMarker(@Nullable Marker newMark) {
        return new ParagraphStyle(
                classes, margin, padding, newMark, continuation, action, tabStops);
    }

    public ParagraphStyle withAction(ClickAction what) {
        return new ParagraphStyle(classes, margin, padding, marker, continuation, what, tabStops);
    }

    /// With tabulators that lead to these columns.
    public ParagraphStyle withTabStops(List<Integer> columns) {
        return new ParagraphStyle(
                classes, margin, padding, marker, continuation, action, List.copyOf(columns));
    }

    /// Laid out from the right: what it keeps free at the left is free at the right too.
    ParagraphStyle toRightToLeft() {
        int room = marker instanceof Marker.Bullet bullet ? bullet.width() : margin.left();
        Space p = padding;
        return withClasses("rtl").withPadding(p.top(), p.right() + room, p.bottom(), p.left());
    }

    /// The upper part of it when it is cut in two.
    ParagraphStyle toUpperPart() {
        ParagraphStyle p = withVerticalMargin(margin.top(), 0);
        return p.withPadding(padding.top(), padding.right(), 0, padding.left());
    }

    /// The lower part of it when it is cut in two.
    ParagraphStyle toLowerPart() {
        int hanging = marker == null ? 0 : marker.width();
        ParagraphStyle p =
                withVerticalMargin(0, margin.bottom()).withLeftMargin(margin.left() + hanging);
        ParagraphStyle q = p.withPadding(0, padding.right(), padding.bottom(), padding.left());
        return new ParagraphStyle(q.classes, q.margin, q.padding, null, true, action, tabStops);
    }
}
