package dev.oriel.app.asks.request;

import dev.oriel.app.asks.request.AskDetail.Line;
import dev.oriel.message.Graphemes;
import java.util.ArrayList;
import java.util.List;

/// The lines of an ask as rows. A line that is too long for one row is cut.
///
/// @param lines number of lines before they are cut
public record DetailRows(List<Row> rows, int lines) {
    private static final int LONGEST = 600;

    /// @param number of the line, from 1
    public record Row(Line line, String text, int number) {}

    public static DetailRows of(List<Line> lines) {
        List<Row> rows = new ArrayList<>();
        int number = 0;
        for (Line line : lines) {
            number++;
            String rest = sign(line) + line.text();
            while (rest.length() > LONGEST) {
                int cut = cut(rest);
                rows.add(new Row(line, rest.substring(0, cut), number));
                rest = rest.substring(cut);
            }
            rows.add(new Row(line, rest, number));
        }
        return new DetailRows(List.copyOf(rows), number);
    }

    private static int cut(String text) {
        int blank = text.lastIndexOf(' ', LONGEST);
        return blank > LONGEST / 2 ? blank + 1 : Math.max(1, Graphemes.prefixEnd(text, LONGEST));
    }

    private static String sign(Line line) {
        return switch (line.mark()) {
            case ADDED -> "+ ";
            case REMOVED -> "− ";
            case PLAIN, HEADING -> "";
        };
    }

    /// How many lines are out of sight, as text.
    ///
    /// @param first index of the first visible row
    /// @param last index of the last row that is wholly visible; -1 if none is
    public String describeHidden(int first, int last) {
        int above = first <= 0 ? 0 : rows.get(first).number() - 1;
        int below = last < 0 ? lines : lines - rows.get(last).number();
        if (below == 0 && last < rows.size() - 1) {
            below = 1; // the rest of a long line
        }
        return describe(lines, above, below);
    }

    /// How many lines are out of sight, as text.
    public static String describe(int lines, int above, int below) {
        StringBuilder words =
                new StringBuilder().append(lines).append(lines == 1 ? " line" : " lines");
        if (above > 0) {
            words.append(", ").append(above).append(" above");
        }
        if (below > 0) {
            words.append(", ").append(below).append(" below");
        }
        return words.toString();
    }
}
