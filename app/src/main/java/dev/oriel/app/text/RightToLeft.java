package dev.oriel.app.text;

import java.util.ArrayList;
import java.util.List;

/// Text in scripts that are written from right to left.
///
/// JavaFX on Linux draws the parts of a right-to-left run that need different fonts from the left,
/// so that letters and punctuation change places. So letters and other characters have to be laid
/// out as separate runs.
public final class RightToLeft {
    private RightToLeft() {}

    /// A part of a text.
    ///
    /// @param from its first UTF-16 unit
    /// @param to the unit after its last
    /// @param rightToLeft whether it consists of right-to-left characters and the spaces between
    ///   them
    public record Run(int from, int to, boolean rightToLeft) {}

    /// Whether the first letter with a direction is right-to-left.
    public static boolean isFirstIn(CharSequence text) {
        return firstDirection(text) == -1;
    }

    /// The direction of the first letter that has one.
    ///
    /// @return 1 for left to right, -1 for right to left, 0 if there is none
    public static int firstDirection(CharSequence text) {
        for (int i = 0; i < text.length(); ) {
            int c = Character.codePointAt(text, i);
            switch (Character.getDirectionality(c)) {
                case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> {
                    return 1;
                }
                case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                        Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> {
                    return -1;
                }
                default -> i += Character.charCount(c);
            }
        }
        return 0;
    }

    /// Whether any letter is right-to-left.
    public static boolean isIn(String text) {
        // The first of them is in the Hebrew block. Each part of each line is looked at, so without
        // a stream.
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x0590) {
                return text.codePoints().anyMatch(RightToLeft::isLetter);
            }
        }
        return false;
    }

    /// The runs of a text, in order. Joined, they are the text.
    public static List<Run> runs(String text) {
        List<Run> runs = new ArrayList<>();
        int from = 0;
        boolean letters = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean now = isLetter(c) || (letters && joins(c));
            if (now != letters && i > from) {
                runs.add(new Run(from, i, letters));
                from = i;
            }
            letters = now;
            i += Character.charCount(c);
        }
        if (from < text.length()) {
            runs.add(new Run(from, text.length(), letters));
        }
        return runs;
    }

    /// Includes the punctuation of the scripts, which only the fonts with the letters have.
    private static boolean isLetter(int c) {
        byte direction = Character.getDirectionality(c);
        return (direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                        || (c >= 0x0600 && c < 0x0700))
                && Character.getType(c) != Character.FORMAT;
    }

    /// Marks and joiners belong to the letter before them, and a space to the word before it:
    /// JavaFX takes a space at the start of a right-to-left run for one that ends a line.
    private static boolean joins(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.FORMAT || c == ' ';
    }
}
