package dev.oriel.app.transcript.document;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Appearance and behaviour of a paragraph.
///
/// @param classes style classes of `transcript.css`
/// @param margin space around the background
/// @param padding space between the background and the text
/// @param marker what is at the left of the first line
/// @param continuation whether it continues the line before it: that was cut for its length, or it
///   is another line of the same row of a table
/// @param action what a click anywhere on it does
/// @param tabStops positions of the tab stops, characters of code from the left
/// @param tabPixels positions of the tab stops, pixels from the start of the text; empty if they
///   are given in characters
/// @param quotes the rules of the quotes that it is in, outermost first
/// @param wide the group of lines that it is scrolled sideways with; null if it is wrapped
/// @param copyText what it is copied as if the selection goes beyond it; null for its text
public record ParagraphStyle(
        List<String> classes,
        Space margin,
        Space padding,
        @Nullable Marker marker,
        boolean continuation,
        @Nullable ClickAction action,
        List<Integer> tabStops,
        List<Integer> tabPixels,
        List<QuoteRule> quotes,
        @Nullable WideLines wide,
        @Nullable String copyText) {
    /// Space above an item, pixels.
    public static final int ITEM_SPACE = 12;

    public static final ParagraphStyle PLAIN = of();

    /// The style class of a paragraph that is laid out from the right.
    private static final String RIGHT_TO_LEFT = "rtl";

    /// The style class of a line that opened something.
    private static final String OPENED = "opened";

    /// Whether something is open that a line opens and closes.
    public enum Fold {
        OPENED,
        CLOSED
    }

    /// The line of something that is open.
    public ParagraphStyle toOpened() {
        return withClasses(OPENED);
    }

    /// Whether what this line opens and closes is open; null if it opens nothing.
    public @Nullable Fold fold() {
        return switch (action) {
            case ClickAction.Toggle _, ClickAction.TogglePart _ ->
                    classes.contains(OPENED) ? Fold.OPENED : Fold.CLOSED;
            case null, default -> null;
        };
    }

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
                List.of(classes),
                Space.NONE,
                Space.NONE,
                null,
                false,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
    }

    /// A copy in which some components are changed.
    private ParagraphStyle with(Consumer<Parts> change) {
        Parts parts = new Parts(this);
        change.accept(parts);
        return parts.toStyle();
    }

    public ParagraphStyle withClasses(String... more) {
        List<String> all = new ArrayList<>(classes);
        all.addAll(List.of(more));
        return with(p -> p.classes = List.copyOf(all));
    }

    private ParagraphStyle withSpaces(Space outer, Space inner) {
        return with(p -> {
            p.margin = outer;
            p.padding = inner;
        });
    }

    /// With these margins above and below.
    public ParagraphStyle withVerticalMargin(int above, int below) {
        return withSpaces(new Space(above, margin.right(), below, margin.left()), padding);
    }

    /// With this margin at the left.
    public ParagraphStyle withLeftMargin(int left) {
        return withSpaces(new Space(margin.top(), margin.right(), margin.bottom(), left), padding);
    }

    /// Moved to the right, with the rules of its quotes.
    ///
    /// @param pixels more room at the left
    public ParagraphStyle indented(int pixels) {
        return withLeftMargin(margin.left() + pixels)
                .with(p ->
                        p.quotes =
                                quotes.stream()
                                        .map(q -> q.atRight() ? q : q.moved(pixels))
                                        .toList());
    }

    /// With this margin at the right.
    public ParagraphStyle withRightMargin(int right) {
        return withSpaces(new Space(margin.top(), right, margin.bottom(), margin.left()), padding);
    }

    /// Whether it is laid out from the right.
    public boolean isRightToLeft() {
        return classes.contains(RIGHT_TO_LEFT);
    }

    public ParagraphStyle withPadding(int top, int right, int bottom, int left) {
        return withSpaces(margin, new Space(top, right, bottom, left));
    }

    /// With this padding above and below the text.
    public ParagraphStyle withVerticalPadding(int above, int below) {
        return withPadding(above, padding.right(), below, padding.left());
    }

    /// A part of the line before it.
    public ParagraphStyle toContinuation() {
        return with(p -> p.continuation = true);
    }

    public ParagraphStyle withMarker(@Nullable Marker newMark) {
        return with(p -> p.marker = newMark);
    }

    public ParagraphStyle withAction(ClickAction what) {
        return with(p -> p.action = what);
    }

    /// With tab stops at these columns.
    public ParagraphStyle withTabStops(List<Integer> columns) {
        return columns.equals(tabStops) ? this : with(p -> p.tabStops = List.copyOf(columns));
    }

    /// With tab stops at these positions, pixels from the start of the text.
    public ParagraphStyle withTabPixels(List<Integer> positions) {
        return with(p -> p.tabPixels = List.copyOf(positions));
    }

    /// In a quote around those that it is in.
    public ParagraphStyle withOuterQuote(QuoteRule rule) {
        List<QuoteRule> all = new ArrayList<>(quotes);
        all.addFirst(rule);
        return with(p -> p.quotes = List.copyOf(all));
    }

    /// Not wrapped, and scrolled sideways with the other lines of the group.
    public ParagraphStyle withWide(WideLines group) {
        return with(p -> p.wide = group);
    }

    /// Copied as this text if the selection goes beyond the paragraph.
    public ParagraphStyle withCopyText(String text) {
        return with(p -> p.copyText = text);
    }

    /// Laid out from the right, with the room that is free at the left also free at the right.
    ParagraphStyle toRightToLeft() {
        int room = marker instanceof Marker.Bullet bullet ? bullet.width() : margin.left();
        Space p = padding;
        return withClasses(RIGHT_TO_LEFT)
                .withPadding(p.top(), p.right() + room, p.bottom(), p.left());
    }

    /// The style of the upper part if the paragraph is cut in two.
    ParagraphStyle toUpperPart() {
        ParagraphStyle p = withVerticalMargin(margin.top(), 0);
        ParagraphStyle q =
                p.withPadding(padding.top(), padding.right(), 0, padding.left())
                        .with(r -> r.quotes = quotes.stream().map(QuoteRule::toUpperPart).toList());
        return wide == null ? q : q.withWide(new WideLines(wide.id(), wide.width(), false));
    }

    /// The style of the lower part if the paragraph is cut in two.
    ParagraphStyle toLowerPart() {
        int hanging = marker == null ? 0 : marker.width();
        ParagraphStyle p =
                withVerticalMargin(0, margin.bottom()).withLeftMargin(margin.left() + hanging);
        ParagraphStyle q = p.withPadding(0, padding.right(), padding.bottom(), padding.left());
        return q.withMarker(null)
                .toContinuation()
                .with(r -> r.quotes = quotes.stream().map(QuoteRule::toLowerPart).toList());
    }

    /// The components, to be changed.
    private static final class Parts {
        private List<String> classes;
        private Space margin;
        private Space padding;
        private @Nullable Marker marker;
        private boolean continuation;
        private @Nullable ClickAction action;
        private List<Integer> tabStops;
        private List<Integer> tabPixels;
        private List<QuoteRule> quotes;
        private @Nullable WideLines wide;
        private @Nullable String copyText;

        Parts(ParagraphStyle of) {
            classes = of.classes;
            margin = of.margin;
            padding = of.padding;
            marker = of.marker;
            continuation = of.continuation;
            action = of.action;
            tabStops = of.tabStops;
            tabPixels = of.tabPixels;
            quotes = of.quotes;
            wide = of.wide;
            copyText = of.copyText;
        }

        ParagraphStyle toStyle() {
            return new ParagraphStyle(
                    classes,
                    margin,
                    padding,
                    marker,
                    continuation,
                    action,
                    tabStops,
                    tabPixels,
                    quotes,
                    wide,
                    copyText);
        }
    }
}
