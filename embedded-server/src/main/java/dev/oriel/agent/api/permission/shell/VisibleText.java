package dev.oriel.agent.api.permission.shell;

import java.util.Set;

/// Tells characters that a user can see from those that could hide what a command does.
final class VisibleText {
    /// Letters, marks and symbols that are displayed as nothing or as space.
    private static final Set<Integer> BLANK =
            Set.of(0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0);

    private VisibleText() {}

    /// Whether a character of a command is visible, an ASCII space, a tab or a line break.
    static boolean contains(int codePoint) {
        if (codePoint == ' ' || codePoint == '\n' || codePoint == '\t') {
            return true;
        }
        int type = Character.getType(codePoint);
        boolean isVariation =
                (codePoint >= 0xfe00 && codePoint <= 0xfe0f)
                        || (codePoint >= 0xe0100 && codePoint <= 0xe01ef)
                        || (codePoint >= 0x180b && codePoint <= 0x180f);
        return !Character.isISOControl(codePoint)
                && !Character.isWhitespace(codePoint)
                && !Character.isSpaceChar(codePoint)
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED
                && type != Character.PRIVATE_USE
                && !isVariation
                && !BLANK.contains(codePoint);
    }
}
