package dev.oriel.app.text;

import java.util.Set;

/// Makes characters visible that a reader would not see, and harmless those that would upset the
/// layout.
public final class DisplayText {
    private static final int FLAG = 0x1f3f4;
    private static final int CANCEL_TAG = 0xe007f;
    private static final int JOINER = 0x200d;
    private static final int NON_JOINER = 0x200c;

    /// Scripts in which joiners do not shape anything.
    private static final Set<Character.UnicodeScript> UNJOINED =
            Set.of(
                    Character.UnicodeScript.COMMON,
                    Character.UnicodeScript.LATIN,
                    Character.UnicodeScript.GREEK,
                    Character.UnicodeScript.CYRILLIC,
                    Character.UnicodeScript.UNKNOWN);

    private DisplayText() {}

    /// For prose: control characters and sequences go, every end of a line is `\n`, tabs stay. What
    /// steers the writing direction stays too: prose needs it.
    public static String prose(String text) {
        return TerminalText.strip(text);
    }

    /// For what a person may have to judge, such as commands and file names: control, invisible and
    /// bidirectional characters become `⟨U+202E⟩`, unless they stand where a script or an emoji
    /// needs them. Line breaks and tabs stay.
    public static String argument(String text) {
        return shown(text, true);
    }

    /// For what was printed or stands in a file: only what reorders or hides text becomes
    /// `⟨U+202E⟩`, and control characters. Line breaks and tabs stay.
    public static String output(String text) {
        return shown(text, false);
    }

    private static String shown(String text, boolean judged) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            int flag = c == FLAG ? flag(text, i) : 0;
            if (flag > 0) {
                out.append(text, i, flag);
                i = flag;
                continue;
            }
            int size = Character.charCount(c);
            if (c == '\r' && endsLine(text, i + 1)) {
                // CRLF is one end of a line, whatever stands before it.
                i++;
                continue;
            }
            if (isHalf(c)) {
                out.append('\ufffd');
            } else if (isControl(c)
                    || reorders(c)
                    || isTag(c)
                    || (judged && isHidden(c) && !isNeeded(text, i, c))) {
                out.append("⟨U+%04X⟩".formatted(c));
            } else {
                out.appendCodePoint(c);
            }
            i += size;
        }
        return out.toString();
    }

    private static boolean endsLine(String text, int at) {
        int i = at;
        while (i < text.length() && text.charAt(i) == '\r') {
            i++;
        }
        return i == text.length() || text.charAt(i) == '\n';
    }

    /// @return the index behind the flag of a region that starts here; 0 if there is none
    private static int flag(String text, int at) {
        int letters = 0;
        int i = at + 2;
        while (i < text.length() && letters < 6) {
            int c = text.codePointAt(i);
            if (c == CANCEL_TAG) {
                return letters >= 4 ? i + 2 : 0;
            }
            boolean letter = c >= 0xe0061 && c <= 0xe007a;
            boolean digit = c >= 0xe0030 && c <= 0xe0039;
            if (!letter && !(digit && letters >= 2)) {
                return 0;
            }
            letters++;
            i += 2;
        }
        return i < text.length() && letters >= 4 && text.codePointAt(i) == CANCEL_TAG ? i + 2 : 0;
    }

    private static boolean isHalf(int c) {
        return c >= 0xd800 && c <= 0xdfff;
    }

    private static boolean isControl(int c) {
        return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
    }

    /// Embeddings, overrides, isolates, and what annotates text out of sight.
    private static boolean reorders(int c) {
        return (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x206f)
                || (c >= 0xfff9 && c <= 0xfffb);
    }

    private static boolean isTag(int c) {
        return c >= 0xe0000 && c <= 0xe007f;
    }

    /// Soft hyphen, zero-width and joining characters, direction marks, variation selectors, odd
    /// blanks.
    private static boolean isHidden(int c) {
        return c == 0xad
                || c == 0x34f
                || c == 0x61c
                || c == 0x115f
                || c == 0x1160
                || c == 0x3164
                || c == 0xfeff
                || c == 0xa0
                || (c >= 0x2000 && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202f)
                || (c >= 0x205f && c <= 0x206f)
                || isSelector(c)
                || (c >= 0xe0080 && c <= 0xe0fff);
    }

    private static boolean isSelector(int c) {
        return c >= 0xfe00 && c <= 0xfe0f;
    }

    /// Whether the emoji or the script around it is another one without it.
    private static boolean isNeeded(String text, int at, int c) {
        int after = at + Character.charCount(c);
        if (at == 0) {
            return false;
        }
        int before = text.codePointBefore(at);
        int next = after < text.length() ? text.codePointAt(after) : 0;
        if (c == 0xfe0e || c == 0xfe0f) {
            boolean keycap = before < 0x80;
            return keycap ? next == 0x20e3 && Character.isEmoji(before) : Character.isEmoji(before);
        }
        if (c == JOINER && Character.isEmoji(next)) {
            return before >= 0x80 && (Character.isEmoji(before) || before == 0xfe0f);
        }
        return (c == JOINER || c == NON_JOINER) && shapes(before) && shapes(next);
    }

    private static boolean shapes(int c) {
        return (Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK)
                && !UNJOINED.contains(Character.UnicodeScript.of(c));
    }
}
