package dev.oriel.app.transcript.markdown;

import dev.oriel.app.text.markdown.Alert;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.ParagraphStyle.Marker;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where the next paragraph of a Markdown block is placed: the lists, quotes and foldable parts
/// that it is in, and the bullet that it still needs.
final class BlockPlacement {
    /// The indentation of a list or quote, pixels.
    static final int STEP = 24;

    /// How much less a quote is indented than a list, pixels.
    private static final int QUOTE_SHIFT = 8;

    private static final int MOST_STEPS = 8;

    /// Digits of a list's numbers for which a step has room, and the room for each further one,
    /// pixels.
    private static final int USUAL_DIGITS = 1;

    private static final int DIGIT = 10;

    /// The most that wide numbers add to the indentation, pixels.
    private static final int MOST_EXTRA = 80;

    private int above;
    private int lists;
    private int extra;
    private int folded;
    private int quotes;
    private @Nullable Alert alert;

    private Marker.@Nullable Bullet bullet;

    /// A place to return to.
    record State(int extra, @Nullable Alert alert) {}

    /// @param above space above the first paragraph, pixels
    BlockPlacement(int above) {
        this.above = above;
    }

    /// The indentation, pixels.
    int left() {
        return Math.min(lists + quotes + folded, MOST_STEPS) * STEP
                - Math.min(quotes, MOST_STEPS) * QUOTE_SHIFT
                + extra;
    }

    /// How many lists the place is in.
    int lists() {
        return lists;
    }

    /// The space that is still due above the next paragraph, pixels. It is taken.
    int takeAbove() {
        int due = above;
        above = 0;
        return due;
    }

    boolean isFirst() {
        return above > 0;
    }

    /// @param digits of the longest number of the list; 0 if it has none
    State enterList(int digits) {
        State outer = state();
        lists++;
        extra = Math.min(MOST_EXTRA, extra + DIGIT * Math.max(0, digits - USUAL_DIGITS));
        return outer;
    }

    void leaveList(State outer) {
        lists--;
        bullet = null;
        extra = outer.extra();
    }

    void enterFold() {
        folded++;
    }

    void leaveFold() {
        folded--;
    }

    /// @param kind null for an ordinary quote
    State enterQuote(@Nullable Alert kind) {
        State outer = state();
        alert = kind == null ? alert : kind;
        quotes++;
        return outer;
    }

    void leaveQuote(State outer) {
        quotes--;
        alert = outer.alert();
    }

    private State state() {
        return new State(extra, alert);
    }

    /// The next paragraph begins a list item.
    void needBullet(String text) {
        bullet = new Marker.Bullet(text, left());
    }

    void dropBullet() {
        bullet = null;
    }

    boolean needsBullet() {
        return bullet != null;
    }

    /// The paragraph with the indentation of lists and quotes, and with the bullet if it is the
    /// first of its list item.
    ParagraphStyle place(ParagraphStyle par, int spaceAbove, int below) {
        ParagraphStyle p = par.withVerticalMargin(spaceAbove + takeAbove(), below);
        if (quotes > 0) {
            p = p.withClasses(bullet == null ? "quote" : "quoted", alertClass());
            p = alert == null ? p : p.withClasses("alert");
        }
        if (bullet == null) {
            return p.withLeftMargin(left());
        }
        ParagraphStyle.Space space = p.padding();
        // A quote that begins in the first line of a list item is indented further.
        int inside = space.left() + left() - bullet.width();
        p = p.withPadding(space.top(), space.right(), space.bottom(), inside).withMarker(bullet);
        bullet = null;
        return p;
    }

    /// The style class with the colour of the innermost quote.
    String alertClass() {
        return "alert-" + (alert == null ? "plain" : alert.name().toLowerCase(Locale.ROOT));
    }
}
