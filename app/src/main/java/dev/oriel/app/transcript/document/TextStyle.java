package dev.oriel.app.transcript.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Appearance and behaviour of a run of text.
///
/// @param classes style classes of `transcript.css`
/// @param action what a click on it does; null for nothing of its own
/// @param embedded what is shown instead of the text, which is one [Embedded#CHARACTER]; null for
///   text
/// @param css declarations of its own, for colours that no class has; may be empty
public record TextStyle(
        List<String> classes,
        @Nullable ClickAction action,
        @Nullable Embedded embedded,
        String css) {
    /// The style class of a space that is drawn as a tab.
    public static final String TAB = "tab";

    /// The style class of a space that keeps a line left-to-right although its first letters are
    /// right-to-left.
    public static final String LEFT_TO_RIGHT = "left-to-right";

    /// The style class of a space before a part of a line whose words are read from the right.
    public static final String FROM_RIGHT = "from-right";

    /// The style class of a space after such a part.
    public static final String FROM_RIGHT_END = "from-right-end";

    private static final Set<String> LAYOUT_MARKS =
            Set.of(LEFT_TO_RIGHT, FROM_RIGHT, FROM_RIGHT_END);

    public static final TextStyle PLAIN = of();
    public static final TextStyle QUIET = of("quiet");
    public static final TextStyle CODE = of("mono");

    public static TextStyle of(String... classes) {
        return new TextStyle(List.of(classes), null, null, "");
    }

    /// Whether the text is only there for the layout, so that it is not copied.
    public boolean isLayoutMark() {
        return classes.stream().anyMatch(LAYOUT_MARKS::contains);
    }

    public TextStyle withClass(String styleClass) {
        if (classes.contains(styleClass)) {
            return this;
        }
        List<String> more = new ArrayList<>(classes);
        more.add(styleClass);
        return new TextStyle(List.copyOf(more), action, embedded, css);
    }

    public TextStyle withoutClasses(String... gone) {
        List<String> kept = new ArrayList<>(classes);
        kept.removeAll(List.of(gone));
        return kept.size() == classes.size()
                ? this
                : new TextStyle(List.copyOf(kept), action, embedded, css);
    }

    public TextStyle withAction(ClickAction what) {
        return new TextStyle(classes, what, embedded, css);
    }

    public TextStyle withCss(String declarations) {
        return new TextStyle(classes, action, embedded, declarations);
    }

    /// The appearance alone.
    public TextStyle withoutAction() {
        return action == null ? this : new TextStyle(classes, null, embedded, css);
    }

    TextStyle withEmbedded(Embedded what) {
        return new TextStyle(classes, action, what, css);
    }
}
