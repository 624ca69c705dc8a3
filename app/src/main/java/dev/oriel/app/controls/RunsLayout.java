package dev.oriel.app.controls;

import dev.oriel.app.text.RightToLeft;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The handler of a proxy of JavaFX's `TextLayout` that passes all calls on, and text in spans
/// where [TextRuns] divides it.
///
/// @param setSpans `TextLayout.setContent(TextSpan[])`
/// @param setAlignment `TextLayout.setAlignment(int)`
/// @param aligned whether the alignment follows the text
record RunsLayout(Object layout, Method setSpans, Method setAlignment, boolean aligned)
        implements InvocationHandler {
    private static final String LAYOUT = "com.sun.javafx.scene.text.TextLayout";
    private static final String SPAN = "com.sun.javafx.scene.text.TextSpan";

    /// Ordinals of `TextAlignment`, which `TextLayout` takes as numbers.
    private static final int LEFT = 0;

    private static final int RIGHT = 2;

    /// The proxy of a layout.
    ///
    /// @param text the current content of the layout
    static Object proxyOf(Object layout, boolean aligned, String text)
            throws ReflectiveOperationException {
        Class<?> type = Class.forName(LAYOUT);
        RunsLayout handler =
                new RunsLayout(
                        layout,
                        type.getMethod("setContent", Class.forName(SPAN).arrayType()),
                        type.getMethod("setAlignment", int.class),
                        aligned);
        // If JavaFX is not open, this throws here and not in a layout pass.
        type.getMethod("getLines").invoke(layout);
        handler.align(text);
        if (TextRuns.isDivided(text)) {
            handler.setSpans(text, layout.getClass().getMethod("getFont").invoke(layout));
        }
        return proxy(type, handler);
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(
                RunsLayout.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
            throws Throwable {
        try {
            if (args != null && args.length == 2 && args[0] instanceof String text) {
                boolean moved = align(text);
                boolean changed =
                        TextRuns.isDivided(text)
                                ? setSpans(text, args[1])
                                : (boolean) method.invoke(layout, args);
                return moved || changed;
            }
            return aligned && method.getName().equals("setAlignment")
                    ? false
                    : method.invoke(layout, args);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private boolean align(String text) throws ReflectiveOperationException {
        return aligned
                && (boolean)
                        setAlignment.invoke(layout, RightToLeft.isFirstIn(text) ? RIGHT : LEFT);
    }

    private boolean setSpans(String text, Object font) throws ReflectiveOperationException {
        Class<?> type = Class.forName(SPAN);
        List<String> parts = TextRuns.parts(text);
        Object spans = Array.newInstance(type, parts.size());
        for (int i = 0; i < parts.size(); i++) {
            Array.set(spans, i, proxy(type, new Span(parts.get(i), font)));
        }
        return (boolean) setSpans.invoke(layout, spans);
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
                // `getBounds`: it has none of its own.
                default -> null;
            };
        }
    }
}
