package dev.oriel.app.text;

/// Characters that a reader does not see, or that change how other characters are seen.
final class HiddenCharacters {
    private HiddenCharacters() {}

    /// The character's code point as text: `⟨U+202E⟩`.
    static String escape(int c) {
        return "⟨U+%04X⟩".formatted(c);
    }

    /// Whether the character has no glyph that identifies it: controls, formats, private and
    /// unassigned characters, unpaired surrogates, all spaces, and letters and marks without a
    /// glyph. Callers make an exception for the usual space, tab and line feed.
    static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR ->
                    true;
            default -> hasNoGlyph(c);
        };
    }

    /// The letters and marks among Unicode's default-ignorable code points (DerivedCoreProperties,
    /// Unicode 17), and the blank Braille pattern.
    private static boolean hasNoGlyph(int c) {
        return c == 0x034f
                || c == 0x115f
                || c == 0x1160
                || c == 0x17b4
                || c == 0x17b5
                || (c >= 0x180b && c <= 0x180f)
                || c == 0x2800
                || c == 0x3164
                || (c >= 0xfe00 && c <= 0xfe0f)
                || c == 0xffa0
                || (c >= 0xe0100 && c <= 0xe01ef);
    }

    /// C0 and C1 controls and DEL, except tab and line feed.
    static boolean isControl(int c) {
        return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
    }

    /// Whether the character reorders the text after it, or takes it out of the text: embeddings,
    /// overrides, isolates, interlinear annotations, tags.
    static boolean changesOthers(int c) {
        return (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x206f)
                || (c >= 0xfff9 && c <= 0xfffb)
                || (c >= 0xe0000 && c <= 0xe007f);
    }
}
