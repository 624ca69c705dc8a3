package dev.oriel.app.controls;

import dev.oriel.app.text.RightToLeft;
import dev.oriel.message.Graphemes;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.text.Text;
import javafx.scene.text.TextBoundsType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes JavaFX lay out a text in runs that Oriel chooses, aligned to the side from which it is
/// read.
///
/// JavaFX's `PrismTextLayout` shapes neighbouring letters of one script as one run, which on Linux
/// has two faults (JavaFX 26.0.2, any Pango). To be reported upstream with these:
///
/// ```java
/// // When the run is broken into lines, the whole rest of it is shaped again for each line, in a
/// // time that grows with the square of its length: 0.4 s for 4,000 letters of Arabic or Thai, 5 s
/// // for 10,000. A text area does this three times for each key.
/// Text text = new Text("مرحبا ".repeat(2_000));
/// text.setWrappingWidth(600);
/// text.getLayoutBounds(); // seconds; milliseconds with a Latin word
///
/// // In a right-to-left run, parts that need different fonts are drawn from the left.
/// new Text("שלום, עולם (12)"); // in a font without Hebrew: the words change places
/// ```
///
/// A text of several spans has a run for each span. So this class replaces the text's layout by a
/// proxy that passes the text on in spans where that matters: each of at most [#LONGEST]
/// characters, and right-to-left letters apart from other characters.
///
/// The field and the interfaces are internal, so the JavaFX modules must be open to Oriel
/// (`--add-opens`, set wherever Oriel chooses the options), unless they are on the class path.
public final class TextRuns {
    private static final Logger LOG = LoggerFactory.getLogger(TextRuns.class);

    /// Up to this length, UTF-16 units, letters of one script stay one run.
    static final int WHOLE = 400;

    /// The longest run, UTF-16 units. A run ends after white space where there is any.
    static final int LONGEST = 120;

    private TextRuns() {}

    /// Applies to the text of an input: if its first letter is right-to-left, it is aligned to the
    /// right. To be called on the JavaFX thread.
    ///
    /// @return false if JavaFX is not open to Oriel; the text is unchanged then
    public static boolean applyToInput(Text text) {
        return apply(text, true);
    }

    /// Applies to a text whose position is set by its parent. To be called on the JavaFX thread. It
    /// has no effect in a text flow.
    static void apply(Text text) {
        apply(text, false);
    }

    /// Applies to the text nodes of a control if its text is divided. To be called on the JavaFX
    /// thread.
    ///
    /// JavaFX measures a control's text as one run, which may be broken into other lines. So a
    /// control that wraps its text is left unchanged, unless it takes the [#leastHeight].
    static void apply(Labeled labeled) {
        boolean isMeasured = !labeled.isWrapText() || labeled instanceof Measured;
        if (isMeasured && isDivided(labeled.getText())) {
            for (Node part : labeled.getChildrenUnmodifiable()) {
                switch (part) {
                    case Text text -> apply(text);
                    case Labeled inner -> apply(inner);
                    default -> {
                        // It shows no text.
                    }
                }
            }
        }
    }

    /// The height that a control needs for its text in runs, insets included, pixels. 0 if the text
    /// is laid out as JavaFX measures it.
    ///
    /// @param width of the control, pixels
    static double leastHeight(Labeled control, double width) {
        if (width <= 0 || !control.isWrapText() || !isDivided(control.getText())) {
            return 0;
        }
        double room = width - beside(control);
        // The control may be a fraction of a pixel wider or narrower than it was measured for. But
        // a
        // control that is exactly as wide as its text does not wrap it.
        double least = fits(control, room) ? Math.ceil(room) : Math.floor(room);
        double most = 0;
        for (double whole : new double[] {least, Math.ceil(room)}) {
            Text text = wrapped(control, whole);
            apply(text);
            most = Math.max(most, text.getLayoutBounds().getHeight());
        }
        Insets padding = control.getLabelPadding();
        return control.snappedTopInset()
                + padding.getTop()
                + most
                + padding.getBottom()
                + control.snappedBottomInset();
    }

    /// Whether the text needs no more lines than it has by itself.
    private static boolean fits(Labeled control, double room) {
        if (control.getText().length() > WHOLE) {
            return false;
        }
        Text text = unwrapped(control);
        apply(text);
        return text.getLayoutBounds().getWidth() <= room + 0.01;
    }

    private static Text wrapped(Labeled control, double room) {
        Text text = unwrapped(control);
        text.setWrappingWidth(Math.max(1, room));
        return text;
    }

    private static Text unwrapped(Labeled control) {
        Text text = new Text(control.getText());
        text.setFont(control.getFont());
        text.setLineSpacing(control.getLineSpacing());
        text.setBoundsType(TextBoundsType.LOGICAL_VERTICAL_CENTER);
        return text;
    }

    /// The part of a control's width that is not available to its text, pixels.
    private static double beside(Labeled control) {
        double taken = control.snappedLeftInset() + control.snappedRightInset();
        taken += control.getLabelPadding().getLeft() + control.getLabelPadding().getRight();
        Node graphic = control.getGraphic();
        if (graphic != null && graphic.isManaged()) {
            taken += graphic.prefWidth(-1) + control.getGraphicTextGap();
        }
        Node box = control.lookup(control instanceof CheckBox ? ".box" : ".radio");
        return box == null ? taken : taken + control.snapSizeX(box.prefWidth(-1));
    }

    private static boolean apply(Text text, boolean aligned) {
        try {
            Method current = Text.class.getDeclaredMethod("getTextLayout");
            current.setAccessible(true);
            Object now = current.invoke(text);
            if (!Proxy.isProxyClass(now.getClass())) {
                Field layout = Text.class.getDeclaredField("layout");
                layout.setAccessible(true);
                layout.set(text, RunsLayout.proxyOf(now, aligned, text.getText()));
            }
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("JavaFX is not open to Oriel", e);
            return false;
        }
    }

    /// Whether a text is passed on in several spans.
    public static boolean isDivided(@Nullable String text) {
        return text != null && (isLong(text) || RightToLeft.isIn(text));
    }

    private static boolean isLong(String text) {
        return text.length() > WHOLE && text.chars().anyMatch(TextRuns::mayBeShaped);
    }

    /// Whether JavaFX may shape text with this UTF-16 unit: combining marks, most scripts from
    /// Hebrew on except ideographs, and right-to-left text. Typographic punctuation is not among
    /// them.
    private static boolean mayBeShaped(int c) {
        return (c >= 0x0300 && c < 0x0370)
                || (c >= 0x0590 && c < 0x2010)
                || (c >= 0x2028 && c < 0x2030)
                || (c >= 0x2060 && c < 0x2070)
                || Character.isSurrogate((char) c)
                || (c >= 0xfb1d && c < 0xff00);
    }

    /// The spans of a text, in order. Joined, they are the text.
    static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        boolean isLong = isLong(text);
        for (RightToLeft.Run run : RightToLeft.runs(text)) {
            String part = text.substring(run.from(), run.to());
            int from = 0;
            while (isLong && part.length() - from > LONGEST) {
                int to = end(part, from);
                parts.add(part.substring(from, to));
                from = to;
            }
            parts.add(part.substring(from));
        }
        return parts;
    }

    private static int end(String text, int from) {
        for (int i = from + LONGEST; i > from + LONGEST / 4; i--) {
            char last = text.charAt(i - 1);
            boolean inLineBreak = last == '\r' && text.charAt(i) == '\n';
            if (Character.isWhitespace(last) && !inLineBreak) {
                return i;
            }
        }
        return Math.max(from + 1, Graphemes.prefixEnd(text, from + LONGEST));
    }
}
