package dev.oriel.app.transcript.diff;

import dev.oriel.app.transcript.markdown.TextColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Breaks a line of code into pieces that fit a column. No character is dropped, and no grapheme
/// cluster is cut.
final class CodeWrap {
    /// Characters between two tab stops.
    private static final int TAB = 4;

    /// How far before the end of the column a piece may end, so that a word stays whole.
    private static final int SLACK = 20;

    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private CodeWrap() {}

    /// A part of a line.
    ///
    /// @param from index of its first character
    /// @param to index after its last character
    /// @param columns its width
    /// @param tabs where each of its tabs ends, columns from the start of the piece
    record Piece(int from, int to, int columns, List<Integer> tabs) {}

    /// @param width of the column, characters of code
    static List<Piece> pieces(String text, int width) {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        do {
            int end = end(text, from, width);
            pieces.add(measured(text, from, end));
            from = end;
        } while (from < text.length());
        return pieces;
    }

    private static int end(String text, int from, int width) {
        int column = 0;
        int at = from;
        int afterBlank = -1;
        Matcher clusters = null;
        while (at < text.length()) {
            char c = text.charAt(at);
            int next = at + 1;
            int columns = 1;
            if (c == '\t') {
                columns = TAB - column % TAB;
            } else if (c >= 0x300 || (next < text.length() && text.charAt(next) >= 0x300)) {
                clusters = clusters == null ? CLUSTER.matcher(text) : clusters;
                next = clusters.find(at) ? clusters.end() : next;
                columns = TextColumns.width(text.substring(at, next));
            }
            if (column + columns > width && at > from) {
                return afterBlank > from ? afterBlank : at;
            }
            column += columns;
            at = next;
            boolean blankFollows = next < text.length() && text.charAt(next) == ' ';
            if (!blankFollows && (c == ' ' || c == '\t' || c == ',' || c == ';')) {
                afterBlank = column >= width - SLACK ? at : -1;
            }
        }
        return text.length();
    }

    private static Piece measured(String text, int from, int to) {
        List<Integer> tabs = new ArrayList<>();
        int column = 0;
        int start = from;
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == '\t') {
                column += TextColumns.width(text.substring(start, i));
                column += TAB - column % TAB;
                tabs.add(column);
                start = i + 1;
            }
        }
        column += TextColumns.width(text.substring(start, to));
        return new Piece(from, to, column, List.copyOf(tabs));
    }
}
