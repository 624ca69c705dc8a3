package dev.oriel.app.text;

import java.util.Set;

/// Text for the transcript: without the control characters that would upset the layout, and with
/// hidden characters written out where the user may have to judge the text.
public final class DisplayText {
    private static final char[] OVERRIDES = {'\u202d', '\u202e'};
    private static final int FLAG = 0x1f3f4;
    private static final int CANCEL_TAG = 0xe007f;
    private static final int JOINER = 0x200d;
    private static final int NON_JOINER = 0x200c;

    /// Scripts whose letters a joiner does not change.
    private static final Set<Character.UnicodeScript> UNJOINED =
            Set.of(
                    Character.UnicodeScript.COMMON,
                    Character.UnicodeScript.LATIN,
                    Character.UnicodeScript.GREEK,
                    Character.UnicodeScript.CYRILLIC,
                    Character.UnicodeScript.UNKNOWN);

    private DisplayText() {}

    /// For prose: control characters and sequences are removed, every line ends with `\n`, tabs
    /// stay. Direction controls stay too, because prose needs them, except overrides, which no
    /// script needs: they become `⟨U+202E⟩`.
    public static String prose(String text) {
        String plain = TerminalText.strip(text);
        for (char override : OVERRIDES) {
            if (plain.indexOf(override) >= 0) {
                plain = plain.replace(String.valueOf(override), HiddenCharacters.escape(override));
            }
        }
        return plain;
    }

    /// Whether [#prose] does not change a text.
    public static boolean isProse(String text) {
        return prose(text).equals(text);
    }

    /// For arguments of tools, such as commands and file names: every hidden character becomes
    /// `⟨U+202E⟩`, unless a script or an emoji needs it at its place. Spaces, line breaks and tabs
    /// stay.
    public static String argument(String text) {
        return escape(text, true);
    }

    /// For output of tools and content of files: only control characters and characters that
    /// reorder or hide other text become `⟨U+202E⟩`. Line breaks and tabs stay.
    public static String output(String text) {
        return escape(text, false);
    }

    private static String escape(String text, boolean escapesHidden) {
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
                // CRLF ends one line, also after further CRs.
                i++;
                continue;
            }
            if (Character.getType(c) == Character.SURROGATE) {
                out.append('\ufffd');
            } else if (isEscaped(text, i, c, escapesHidden)) {
                out.append(HiddenCharacters.escape(c));
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

    /// Parses the flag of a region: a black flag, tags, and a cancel tag.
    ///
    /// @return the index after the flag; 0 if there is none
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

    private static boolean isEscaped(String text, int at, int c, boolean escapesHidden) {
        return HiddenCharacters.isControl(c)
                || HiddenCharacters.changesOthers(c)
                || (escapesHidden
                        && c != ' '
                        && c != '\t'
                        && c != '\n'
                        && HiddenCharacters.isHidden(c)
                        && !isNeeded(text, at, c));
    }

    /// Whether the emoji or the letters around the character would look different without it.
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
