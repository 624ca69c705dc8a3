package dev.oriel.app.transcript;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a run of text looks and what a click on it does.
///
/// @param classes style classes, of `transcript.css`
record Ink(List<String> classes, @Nullable Action action) {
    static final Ink PLAIN = new Ink(List.of(), null);
    static final Ink QUIET = of("quiet");
    static final Ink CODE = of("mono");

    static Ink of(String... classes) {
        return new Ink(List.of(classes), null);
    }

    Ink and(String styleClass) {
        if (classes.contains(styleClass)) {
            return this;
        }
        List<String> more = new ArrayList<>(classes);
        more.add(styleClass);
        return new Ink(List.copyOf(more), action);
    }

    Ink doing(Action what) {
        return new Ink(classes, what);
    }
}
