package dev.oriel.app.transcript.terminal;

import dev.oriel.app.text.TerminalColor;
import dev.oriel.app.text.TerminalStyle;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.markdown.AllowedLinks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Styles of a terminal as styles of the transcript, readable in every theme.
///
/// The 16 named colours are tokens of the themes. A fixed colour of a text has two shades, one for
/// light and one for dark cards; the style sheet chooses by the colour of the card. On a coloured
/// background the text is black, white or the colour of the card, unless its own can be read.
final class TerminalInk {
    private static final TextStyle PLAIN = TextStyle.of("mono", "output-text");

    /// The darkest card of the light theme, and the lightest one of the other themes.
    private static final int LIGHT_CARD = 0xedeae4;

    private static final int DARK_CARD = 0x302d2a;

    private static final List<String> NAMES =
            List.of("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white");

    private TerminalInk() {}

    static TextStyle of(TerminalStyle style) {
        if (style.equals(TerminalStyle.PLAIN)) {
            return PLAIN;
        }
        List<String> classes = new ArrayList<>(PLAIN.classes());
        String css = "";
        TerminalColor foreground = style.inverse() ? style.background() : style.foreground();
        TerminalColor background = style.inverse() ? style.foreground() : style.background();
        switch (background) {
            case TerminalColor.Named(int index) -> classes.add("ansi-on-" + name(index));
            case TerminalColor.Fixed(int rgb) -> css = css(rgb, foreground);
            case TerminalColor.Default() when style.inverse() -> classes.add("ansi-on-text");
            case TerminalColor.Default() -> {
                switch (foreground) {
                    case TerminalColor.Named(int index) -> classes.add("ansi-" + name(index));
                    case TerminalColor.Fixed(int rgb) -> css = css(rgb);
                    case TerminalColor.Default() -> {
                        if (style.dim()) {
                            classes.add("ansi-dim");
                        }
                    }
                }
            }
        }
        add(classes, style.bold(), "strong");
        add(classes, style.italic(), "em");
        add(classes, style.underlined(), "ansi-underlined");
        add(classes, style.struck(), "strike");
        boolean link = AllowedLinks.isAllowed(style.link());
        add(classes, link, "ansi-underlined");
        TextStyle ink = TextStyle.of(classes.toArray(String[]::new)).withCss(css);
        return link ? ink.withAction(new ClickAction.OpenLink(style.link())) : ink;
    }

    private static void add(List<String> classes, boolean wanted, String styleClass) {
        if (wanted && !classes.contains(styleClass)) {
            classes.add(styleClass);
        }
    }

    private static String name(int index) {
        return index < 8 ? NAMES.get(index) : "bright-" + NAMES.get(index - 8);
    }

    private static String css(int text) {
        return "-fx-fill: ladder(-oriel-card-bg, %1$s 0%%, %1$s 49%%, %2$s 50%%, %2$s 100%%);"
                .formatted(
                        web(ReadableColor.on(DARK_CARD, text)),
                        web(ReadableColor.on(LIGHT_CARD, text)));
    }

    private static String css(int background, TerminalColor foreground) {
        int behind = ReadableColor.asBackground(background);
        int text =
                foreground instanceof TerminalColor.Fixed(int own)
                                && ReadableColor.contrast(own, behind) >= ReadableColor.ENOUGH
                        ? own
                        : ReadableColor.blackOrWhite(behind);
        return "-rtfx-background-color: %s; -fx-fill: %s;".formatted(web(behind), web(text));
    }

    private static String web(int rgb) {
        return String.format(Locale.ROOT, "#%06x", rgb);
    }
}
