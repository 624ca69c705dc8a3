package dev.oriel.app.transcript;

import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// Which way a paragraph reads, and how its runs are kept in order.
///
/// JavaFX on Linux draws the parts of a right-to-left run that need different fonts from the left:
/// letters of one font and punctuation of another change places. Runs end where a segment of text
/// ends, so letters and what stands between them become segments of their own.
final class Direction {
    private static final String LETTERS = "rtl-letters";

    private Direction() {}

    /// Whether the first letter with a direction reads from right to left.
    static boolean fromTheRight(List<StyledSegment<String, Ink>> line) {
        for (StyledSegment<String, Ink> segment : line) {
            String text = segment.getSegment();
            for (int i = 0; i < text.length(); ) {
                int c = text.codePointAt(i);
                switch (Character.getDirectionality(c)) {
                    case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> {
                        return false;
                    }
                    case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> {
                        return true;
                    }
                    default -> i += Character.charCount(c);
                }
            }
        }
        return false;
    }

    /// The same line, in which right-to-left letters are segments apart from all others.
    static List<StyledSegment<String, Ink>> inRuns(List<StyledSegment<String, Ink>> line) {
        if (line.stream().noneMatch(s -> hasLetters(s.getSegment()))) {
            return line;
        }
        List<StyledSegment<String, Ink>> out = new ArrayList<>();
        for (StyledSegment<String, Ink> segment : line) {
            String text = segment.getSegment();
            int from = 0;
            boolean letters = false;
            for (int i = 0; i < text.length(); ) {
                int c = text.codePointAt(i);
                boolean now = isLetter(c) || (letters && joins(c, text, i));
                if (now != letters && i > from) {
                    out.add(part(segment, from, i, letters));
                    from = i;
                }
                letters = now;
                i += Character.charCount(c);
            }
            if (from < text.length()) {
                out.add(part(segment, from, text.length(), letters));
            }
        }
        return out;
    }

    private static StyledSegment<String, Ink> part(
            StyledSegment<String, Ink> of, int from, int to, boolean letters) {
        Ink ink = letters ? of.getStyle().and(LETTERS) : of.getStyle();
        return new StyledSegment<>(of.getSegment().substring(from, to), ink);
    }

    private static boolean hasLetters(String text) {
        return text.codePoints().anyMatch(Direction::isLetter);
    }

    private static boolean isLetter(int c) {
        byte direction = Character.getDirectionality(c);
        return (direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC)
                && Character.isLetter(c);
    }

    /// Marks and joiners belong to the letter before them, a blank to the words around it.
    private static boolean joins(int c, String text, int at) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.FORMAT
                || (c == ' ' && at + 1 < text.length() && isLetter(text.codePointAt(at + 1)));
    }
}
