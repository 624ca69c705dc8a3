package dev.oriel.app.text;

import dev.oriel.app.text.EscapeSequences.Sequence;
import java.util.List;

/// Output of a program as a terminal would show it. Titles are omitted and cursor movements are
/// carried out, so that only the last state of a progress bar is left.
///
/// Erased text is removed only when something else is printed, so that what a program leaves at its
/// end can be read.
public final class TerminalText {
    /// The farthest that one sequence moves the cursor, lines or characters.
    private static final int FARTHEST = 1_000;

    private TerminalText() {}

    /// @param raw output of a command
    /// @return lines that end with `\n`, without control characters other than tabs
    public static String render(String raw) {
        if (!hasControls(raw)) {
            return raw;
        }
        return print(raw).text();
    }

    /// The same as [#render], with colours and other styles.
    ///
    /// @return the lines; a line feed at the end begins no further one
    public static List<TerminalLine> lines(String raw) {
        if (!hasControls(raw)) {
            return raw.lines().map(TerminalLine::plain).toList();
        }
        return print(raw).lines();
    }

    private static TerminalScreen print(String raw) {
        TerminalScreen screen = new TerminalScreen();
        GraphicRendition rendition = new GraphicRendition();
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i);
            if (EscapeSequences.startsAt(raw, i)) {
                Sequence s = EscapeSequences.at(raw, i);
                control(screen, rendition, s);
                i = s.end();
            } else if ((c < 0x20 && c != '\t') || c == 0x7f) {
                switch (c) {
                    case '\n', '\u000b', '\f' -> screen.lineFeed();
                    case '\r' -> screen.column(0);
                    case '\b' -> screen.back(1);
                    default -> {
                        // A bell, for example, leaves nothing on the screen.
                    }
                }
                i++;
            } else {
                int end = i + 1;
                while (end < raw.length() && !isControl(raw.charAt(end))) {
                    end++;
                }
                screen.print(raw.substring(i, end));
                i = end;
            }
        }
        return screen;
    }

    private static void control(TerminalScreen screen, GraphicRendition rendition, Sequence s) {
        int n = Math.clamp(s.parameter(), 1, FARTHEST);
        switch (s.command()) {
            case 'A' -> screen.up(n);
            case 'B' -> screen.down(n);
            case 'C' -> screen.forward(n);
            case 'D' -> screen.back(n);
            case 'E' -> {
                screen.down(n);
                screen.column(0);
            }
            case 'F' -> {
                screen.up(n);
                screen.column(0);
            }
            case 'G', '`' -> screen.column(n - 1);
            // A position on a screen of unknown size: text is added below all other text.
            case 'H', 'f' -> screen.below();
            case 'J' -> screen.eraseBelow(Math.max(0, s.parameter()));
            case 'K' -> screen.eraseLine(Math.max(0, s.parameter()));
            case 'm' -> {
                if (s.content().isEmpty() || s.content().charAt(0) <= ';') {
                    rendition.apply(s.content());
                    screen.setStyle(rendition.style());
                }
            }
            case ']' -> {
                rendition.applyString(s.content());
                screen.setStyle(rendition.style());
            }
            default -> {
                // Modes and reports leave nothing on the screen.
            }
        }
    }

    /// The text without control sequences, with every line end as `\n`. For text that is not output
    /// to a terminal, in which a lone CR is an old line end.
    public static String strip(String raw) {
        if (!hasControls(raw)) {
            return raw;
        }
        StringBuilder out = new StringBuilder(raw.length());
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i);
            if (EscapeSequences.startsAt(raw, i)) {
                i = EscapeSequences.at(raw, i).end();
                continue;
            }
            if (c == '\r') {
                out.append('\n');
                i += i + 1 < raw.length() && raw.charAt(i + 1) == '\n' ? 2 : 1;
                continue;
            }
            if (!isControl(c) || c == '\n') {
                out.append(c);
            }
            i++;
        }
        return out.toString();
    }

    private static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\n' && isControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isControl(char c) {
        return (c < 0x20 && c != '\t') || (c >= 0x7f && c < 0xa0);
    }
}
