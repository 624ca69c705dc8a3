package dev.oriel.app.transcript.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Appearance and behaviour of a paragraph.
///
/// @param classes style classes of `transcript.css`
/// @param margin space around the background
/// @param padding space between the background and the text
/// @param marker what is at the left of the first line
/// @param continuation whether it continues the line before it, which was cut for its length
/// @param action what a click anywhere on it does
/// @param tabStops positions of the tab stops, characters of code from the left
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

    /// At the left of a paragraph. The lines of the paragraph do not flow under it.
    public sealed interface Marker {
        /// From the left edge of the text to the start of the paragraph, pixels.
        int width();

        record Bullet(String text, int width) implements Marker {}

        /// @param icon a name of the icon font
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

    /// With these margins above and below.
    public ParagraphStyle withVerticalMargin(int above, int below) {
        Space m = new Space(above, margin.right(), below, margin.left());
        return new ParagraphStyle(classes, m, padding, marker, continuation, action, tabStops);
    }

    /// With this margin at the left.
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

    /// With tab stops at these columns.
    public ParagraphStyle withTabStops(List<Integer> columns) {
        return new ParagraphStyle(
                classes, margin, padding, marker, continuation, action, List.copyOf(columns));
    }

    /// Laid out from the right, with the room that is free at the left also free at the right.
    ParagraphStyle toRightToLeft() {
        int room = marker instanceof Marker.Bullet bullet ? bullet.width() : margin.left();
        Space p = padding;
        return withClasses("rtl").withPadding(p.top(), p.right() + room, p.bottom(), p.left());
    }

    /// The style of the upper part if the paragraph is cut in two.
    ParagraphStyle toUpperPart() {
        ParagraphStyle p = withVerticalMargin(margin.top(), 0);
        return p.withPadding(padding.top(), padding.right(), 0, padding.left());
    }

    /// The style of the lower part if the paragraph is cut in two.
    ParagraphStyle toLowerPart() {
        int hanging = marker == null ? 0 : marker.width();
        ParagraphStyle p =
                withVerticalMargin(0, margin.bottom()).withLeftMargin(margin.left() + hanging);
        ParagraphStyle q = p.withPadding(0, padding.right(), padding.bottom(), padding.left());
        return new ParagraphStyle(q.classes, q.margin, q.padding, null, true, action, tabStops);
    }
}
