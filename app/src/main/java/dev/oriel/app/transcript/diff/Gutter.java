package dev.oriel.app.transcript.diff;

import dev.oriel.app.transcript.document.TextStyle;
import org.fxmisc.richtext.model.StyledSegment;

/// Line numbers, all equally wide, with a blank after each.
///
/// @param digits of the greatest number; 0 if lines have no numbers
record Gutter(int digits) {
    private static final TextStyle INK = TextStyle.of("mono", "gutter");

    /// @param last the greatest number; 0 if lines have no numbers
    static Gutter of(int last) {
        return new Gutter(last == 0 ? 0 : Math.max(2, String.valueOf(last).length()));
    }

    /// Columns of one number.
    int width() {
        return digits == 0 ? 0 : digits + 1;
    }

    /// @param number 0 for none
    String number(int number) {
        if (digits == 0) {
            return "";
        }
        String text = number == 0 ? "" : String.valueOf(number);
        return " ".repeat(digits - text.length()) + text + " ";
    }

    static StyledSegment<String, TextStyle> segment(String text) {
        return new StyledSegment<>(text, INK);
    }
}
