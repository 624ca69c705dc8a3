package dev.oriel.app.transcript;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a paragraph looks and behaves.
///
/// @param classes style classes, of `transcript.css`
/// @param margin space around what the paragraph is painted on
/// @param padding space between that and the text
/// @param mark what stands at the left of the first line
/// @param joined whether it goes on with the line before it, which was cut for its length
/// @param action what a click anywhere on it does
/// @param tabs where its tabulators lead to, characters of code from the left
record Par(
        List<String> classes,
        Space margin,
        Space padding,
        @Nullable Mark mark,
        boolean joined,
        @Nullable Action action,
        List<Integer> tabs) {
    static final Par PLAIN = of();

    /// Pixels on the four sides.
    record Space(int top, int right, int bottom, int left) {
        static final Space NONE = new Space(0, 0, 0, 0);
    }

    /// Stands to the left of a paragraph; the lines of the paragraph do not flow under it.
    sealed interface Mark {
        /// From the left edge of the text to where the paragraph starts, pixels.
        int width();

        record Bullet(String text, int width) implements Mark {}

        /// @param icon one of the icon font's names
        record Icon(String icon, int width) implements Mark {}
    }

    static Par of(String... classes) {
        return new Par(List.of(classes), Space.NONE, Space.NONE, null, false, null, List.of());
    }

    Par and(String... more) {
        List<String> all = new ArrayList<>(classes);
        all.addAll(List.of(more));
        return new Par(List.copyOf(all), margin, padding, mark, joined, action, tabs);
    }

    /// With these margins over and under it.
    Par spaced(int above, int below) {
        Space m = new Space(above, margin.right(), below, margin.left());
        return new Par(classes, m, padding, mark, joined, action, tabs);
    }

    /// With this margin at its left.
    Par from(int left) {
        Space m = new Space(margin.top(), margin.right(), margin.bottom(), left);
        return new Par(classes, m, padding, mark, joined, action, tabs);
    }

    Par padded(int top, int right, int bottom, int left) {
        return new Par(
                classes, margin, new Space(top, right, bottom, left), mark, joined, action, tabs);
    }

    Par marked(@Nullable Mark newMark) {
        return new Par(classes, margin, padding, newMark, joined, action, tabs);
    }

    Par doing(Action what) {
        return new Par(classes, margin, padding, mark, joined, what, tabs);
    }

    /// With tabulators that lead to these columns.
    Par tabbed(List<Integer> columns) {
        return new Par(classes, margin, padding, mark, joined, action, List.copyOf(columns));
    }

    /// Laid out from the right: what it keeps free at the left is free at the right too.
    Par fromTheRight() {
        int room = mark instanceof Mark.Bullet bullet ? bullet.width() : margin.left();
        Space p = padding;
        return and("rtl").padded(p.top(), p.right() + room, p.bottom(), p.left());
    }

    /// The upper part of it when it is cut in two.
    Par upperPart() {
        Par p = spaced(margin.top(), 0);
        return p.padded(padding.top(), padding.right(), 0, padding.left());
    }

    /// The lower part of it when it is cut in two.
    Par lowerPart() {
        int hanging = mark == null ? 0 : mark.width();
        Par p = spaced(0, margin.bottom()).from(margin.left() + hanging);
        Par q = p.padded(0, padding.right(), padding.bottom(), padding.left());
        return new Par(q.classes, q.margin, q.padding, null, true, action, tabs);
    }
}
