package dev.oriel.app.text;

/// How a terminal shows a run of text.
///
/// @param foreground colour of the text
/// @param background colour behind the text
/// @param link target of a link, as the program wrote it; empty for none
public record TerminalStyle(
        TerminalColor foreground,
        TerminalColor background,
        boolean bold,
        boolean dim,
        boolean italic,
        boolean underlined,
        boolean struck,
        boolean inverse,
        String link) {
    /// Text without any style.
    public static final TerminalStyle PLAIN =
            new TerminalStyle(
                    TerminalColor.DEFAULT,
                    TerminalColor.DEFAULT,
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    "");
}
