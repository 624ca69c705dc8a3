package dev.oriel.app.text;

/// Parses terminal control sequences (ECMA-48).
final class EscapeSequences {
    static final char ESC = '\u001b';
    private static final char BEL = '\u0007';
    private static final char CSI = '\u009b';
    private static final char ST = '\u009c';

    /// The longest string (title, link) of a sequence, characters. A longer one is text after a
    /// stray control character.
    private static final int LONGEST_STRING = 8 * 1024;

    private EscapeSequences() {}

    /// A sequence in a text.
    ///
    /// @param end index after it
    /// @param command final character of a CSI sequence; `]` for an OSC sequence; 0 for others
    /// @param parameter the first parameter of a CSI sequence; -1 if there is none
    /// @param content all parameters of a CSI sequence, or the string of an OSC sequence
    record Sequence(int end, char command, int parameter, String content) {
        /// A sequence that does nothing here.
        Sequence(int end) {
            this(end, '\0', -1, "");
        }
    }

    static boolean startsAt(String text, int at) {
        char c = text.charAt(at);
        return c == ESC || (c >= 0x80 && c < 0xa0);
    }

    /// @param at index of an ESC or a C1 control
    static Sequence at(String text, int at) {
        char c = text.charAt(at);
        if (c == CSI) {
            return csi(text, at + 1);
        }
        if (c != ESC) {
            char kind = (char) (c - 0x40);
            return carriesString(kind) ? string(text, at + 1, kind) : new Sequence(at + 1);
        }
        if (at + 1 >= text.length()) {
            return new Sequence(at + 1);
        }
        char kind = text.charAt(at + 1);
        if (kind == '[') {
            return csi(text, at + 2);
        }
        if (carriesString(kind)) {
            return string(text, at + 2, kind);
        }
        int i = at + 1;
        while (i < text.length() && in(text.charAt(i), 0x20, 0x2f)) {
            i++;
        }
        boolean whole = i < text.length() && in(text.charAt(i), 0x30, 0x7e);
        // An ESC before any other character stands alone.
        return new Sequence(whole ? i + 1 : at + 1);
    }

    /// DCS, SOS, OSC, PM and APC.
    private static boolean carriesString(char kind) {
        return kind == 'P' || kind == 'X' || kind == ']' || kind == '^' || kind == '_';
    }

    private static Sequence csi(String text, int from) {
        int i = from;
        while (i < text.length() && in(text.charAt(i), 0x30, 0x3f)) {
            i++;
        }
        int parameters = i;
        while (i < text.length() && in(text.charAt(i), 0x20, 0x2f)) {
            i++;
        }
        boolean plain = i == parameters;
        if (i >= text.length()) {
            return new Sequence(i);
        }
        char command = text.charAt(i);
        if (!in(command, 0x40, 0x7e)) {
            return new Sequence(i);
        }
        String content = text.substring(from, parameters);
        return new Sequence(i + 1, plain ? command : '\0', number(content), content);
    }

    private static int number(String parameters) {
        int end = 0;
        while (end < parameters.length() && in(parameters.charAt(end), '0', '9')) {
            end++;
        }
        return end == 0 || end > 6 ? -1 : Integer.parseInt(parameters, 0, end, 10);
    }

    private static Sequence string(String text, int from, char kind) {
        int last = Math.min(text.length(), from + LONGEST_STRING);
        for (int i = from; i < last; i++) {
            char c = text.charAt(i);
            if (c == BEL || c == ST) {
                return string(text, from, i, i + 1, kind);
            }
            if (c == ESC && i + 1 < text.length() && text.charAt(i + 1) == '\\') {
                return string(text, from, i, i + 2, kind);
            }
            // Another control would begin a sequence of its own.
            if (c == '\n' || c == '\r' || startsAt(text, i)) {
                break;
            }
        }
        // An unterminated string would hide text that is meant to be read.
        return new Sequence(from);
    }

    private static Sequence string(String text, int from, int to, int end, char kind) {
        return kind == ']'
                ? new Sequence(end, kind, -1, text.substring(from, to))
                : new Sequence(end);
    }

    private static boolean in(char c, int first, int last) {
        return c >= first && c <= last;
    }
}
