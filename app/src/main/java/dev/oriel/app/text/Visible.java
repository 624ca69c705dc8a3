package dev.oriel.app.text;

/// Makes characters visible that a reader would not see, and harmless those that would upset the
/// layout.
public final class Visible {
    private Visible() {}

    /// For prose: control characters go, tabs stay. What steers the writing direction stays too:
    /// prose needs it.
    public static String prose(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return replaced(text, false);
            }
        }
        return text;
    }

    /// For what a person may have to judge, such as commands and file names: control, invisible and
    /// bidirectional characters become `⟨U+202E⟩`. Line breaks and tabs stay.
    public static String judged(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isControl(c) || isHidden(c)) {
                return replaced(text, true);
            }
        }
        return text;
    }

    private static String replaced(String text, boolean shown) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (shown && (isControl(c) || isHidden(c))) {
                out.append("⟨U+%04X⟩".formatted((int) c));
            } else if (!isControl(c)) {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isControl(char c) {
        return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
    }

    /// Soft hyphen, zero-width and joining characters, direction marks and overrides, odd blanks,
    /// tags.
    private static boolean isHidden(char c) {
        return c == '\u00ad'
                || c == '\u034f'
                || c == '\u061c'
                || c == '\u115f'
                || c == '\u1160'
                || c == '\u3164'
                || c == '\ufeff'
                || c == '\u00a0'
                || (c >= '\u2000' && c <= '\u200f')
                || (c >= '\u2028' && c <= '\u202f')
                || (c >= '\u205f' && c <= '\u206f')
                || (c >= '\ufe00' && c <= '\ufe0f')
                || c == '\udb40';
    }
}
