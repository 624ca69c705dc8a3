package dev.oriel.app.controls;

import dev.oriel.message.Graphemes;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a [Text] lay out a long paragraph of a complex script in short runs.
///
/// JavaFX's `PrismTextLayout` shapes all letters of one script in a paragraph as one run. When it
/// breaks the run into lines, it shapes the whole rest again for each line, and on Linux one
/// shaping takes time that grows with the square of the length. In JavaFX 26.0.2 one layout of
/// 4,000 letters of Arabic or Thai takes 0.4 s, and one of 10,000 takes 5 s; a text area does three
/// for each key. To be reported upstream with this:
///
/// ```java
/// Text text = new Text("مرحبا ".repeat(2_000));
/// text.setWrappingWidth(600);
/// text.getLayoutBounds(); // seconds; milliseconds with a Latin word
/// ```
///
/// A text of several spans has a run for each span. So the text's layout is replaced by one that
/// hands a long text over in spans of at most [#LONGEST] characters, all in the same font. The
/// field and the interfaces are internal: the packages of JavaFX must be open to us (`--add-opens`,
/// set wherever we choose the options), unless they are on the class path.
public final class ShortRuns {
    private static final Logger LOG = LoggerFactory.getLogger(ShortRuns.class);

    /// Up to this length, in UTF-16 units, a text is one run.
    static final int WHOLE = 400;

    /// The longest run, in UTF-16 units. A run ends behind white space where there is any.
    static final int LONGEST = 120;

    private ShortRuns() {}

    /// Belongs to the JavaFX thread. The text must not be a part of a text flow.
    ///
    /// @return false if JavaFX is not open to Oriel; the text is as it was then
    public static boolean in(Text text) {
        try {
            Method current = Text.class.getDeclaredMethod("getTextLayout");
            current.setAccessible(true);
            Field layout = Text.class.getDeclaredField("layout");
            layout.setAccessible(true);
            layout.set(text, Spans.before(current.invoke(text)));
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.warn("Long texts of complex scripts will be slow to edit ({})", e.toString());
            return false;
        }
    }

    /// Whether a text is handed over in several spans.
    public static boolean divides(@Nullable String text) {
        return text != null
                && text.length() > WHOLE
                && text.chars().anyMatch(ShortRuns::mayBeShaped);
    }

    /// Whether JavaFX may shape text with this UTF-16 unit: it does so for combining marks, for
    /// most scripts from Hebrew on but not for ideographs, and for what is written from right to
    /// left. Typographic punctuation is not among it.
    private static boolean mayBeShaped(int c) {
        return (c >= 0x0300 && c < 0x0370)
                || (c >= 0x0590 && c < 0x2010)
                || (c >= 0x2028 && c < 0x2030)
                || (c >= 0x2060 && c < 0x2070)
                || Character.isSurrogate((char) c)
                || (c >= 0xfb1d && c < 0xff00);
    }

    /// The parts that a text is handed over in: together they are the text.
    static List<String> parts(String text) {
        List<String> parts = new ArrayList<>(text.length() / LONGEST * 2 + 1);
        int from = 0;
        while (text.length() - from > LONGEST) {
            int to = end(text, from);
            parts.add(text.substring(from, to));
            from = to;
        }
        parts.add(text.substring(from));
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
        return Math.max(from + 1, Graphemes.end(text, from + LONGEST));
    }

    /// Stands before a `TextLayout` and passes everything on to it, a long text in spans.
    ///
    /// @param setSpans `TextLayout.setContent(TextSpan[])`
    private record Spans(Object layout, Method setSpans) implements InvocationHandler {
        private static final String LAYOUT = "com.sun.javafx.scene.text.TextLayout";
        private static final String SPAN = "com.sun.javafx.scene.text.TextSpan";

        static Object before(Object layout) throws ReflectiveOperationException {
            Class<?> type = Class.forName(LAYOUT);
            Method setSpans = type.getMethod("setContent", Class.forName(SPAN).arrayType());
            // Not to find out at the first key that it is not open.
            type.getMethod("getLines").invoke(layout);
            return proxy(type, new Spans(layout, setSpans));
        }

        private static Object proxy(Class<?> type, InvocationHandler handler) {
            return Proxy.newProxyInstance(
                    ShortRuns.class.getClassLoader(), new Class<?>[] {type}, handler);
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
                throws Throwable {
            try {
                // setContent(String text, Object font)
                if (args != null
                        && args.length == 2
                        && method.getName().equals("setContent")
                        && args[0] instanceof String text
                        && divides(text)) {
                    return setSpans.invoke(layout, spans(text, args[1]));
                }
                return method.invoke(layout, args);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }

        private static Object spans(String text, Object font) throws ClassNotFoundException {
            Class<?> type = Class.forName(SPAN);
            List<String> parts = parts(text);
            Object spans = Array.newInstance(type, parts.size());
            for (int i = 0; i < parts.size(); i++) {
                Array.set(spans, i, proxy(type, new Span(parts.get(i), font)));
            }
            return spans;
        }
    }

    /// A `TextSpan`.
    private record Span(String text, Object font) implements InvocationHandler {
        @Override
        @SuppressWarnings("ReferenceEquality") // a span is equal to no other
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) {
            return switch (method.getName()) {
                case "getText", "toString" -> text;
                case "getFont" -> font;
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> args != null && args[0] == proxy;
                // It has no bounds of its own, and is in no text flow.
                default -> null;
            };
        }
    }
}
