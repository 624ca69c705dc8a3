package dev.oriel.app.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lines of styled text with a cursor. Width and height are unlimited: nothing wraps or scrolls
/// away.
final class TerminalScreen {
    /// The longest line in which the cursor can be moved, characters. Movements in longer ones
    /// would take too long, and no terminal is that wide.
    private static final int WIDEST = 16 * 1024;

    /// How far the cursor can move to the right of the text, characters.
    private static final int MOST_BLANKS = 1_000;

    /// The most lines that are erased at once.
    private static final int TALLEST = 1_000;

    /// The most styles in one text; further ones are shown plain.
    private static final int MOST_STYLES = 10_000;

    private static final class Line {
        final StringBuilder text = new StringBuilder();

        /// For each character of the text the index of its style; shorter than the text if the rest
        /// is plain.
        final StringBuilder styles = new StringBuilder();

        /// The index from which the text is removed at the next print; -1 for none.
        int erasedFrom = -1;
    }

    private final List<Line> lines = new ArrayList<>();
    private final List<Line> erased = new ArrayList<>();
    private int row;

    /// Index in the line's text.
    private int at;

    /// The cursor should be at the start of a line that is too long to be overwritten. The next
    /// text is printed below it.
    private boolean returned;

    private final List<TerminalStyle> styles = new ArrayList<>(List.of(TerminalStyle.PLAIN));
    private final Map<TerminalStyle, Integer> styleIndexes =
            new HashMap<>(Map.of(TerminalStyle.PLAIN, 0));
    private char style;

    TerminalScreen() {
        lines.add(new Line());
    }

    /// What is printed next has this style.
    void setStyle(TerminalStyle next) {
        Integer known = styleIndexes.get(next);
        if (known == null && styles.size() < MOST_STYLES) {
            known = styles.size();
            styles.add(next);
            styleIndexes.put(next, known);
        }
        style = known == null ? 0 : (char) known.intValue();
    }

    void print(String text) {
        if (returned) {
            below();
        }
        for (Line line : erased) {
            line.text.setLength(line.erasedFrom);
            line.styles.setLength(Math.min(line.styles.length(), line.erasedFrom));
            line.erasedFrom = -1;
        }
        erased.clear();
        StringBuilder line = lines.get(row).text;
        if (at > line.length()) {
            line.repeat(' ', at - line.length());
        }
        int end = at;
        for (int i = 0; i < text.length() && end < line.length(); i = next(text, i)) {
            end = next(line, end);
        }
        line.replace(at, end, text);
        setStyle(lines.get(row).styles, end, text.length());
        at += text.length();
    }

    /// Sets the style of what replaces a part of a line.
    ///
    /// @param end index after the replaced part, which starts at the cursor
    /// @param length of what replaces it
    private void setStyle(StringBuilder of, int end, int length) {
        if (style == 0 && at >= of.length()) {
            return;
        }
        if (of.length() < end) {
            of.repeat(0, end - of.length());
        }
        of.replace(at, end, String.valueOf(style).repeat(length));
    }

    void lineFeed() {
        down(1);
        at = 0;
    }

    void down(int n) {
        returned = false;
        for (int i = 0; i < n && (row + 1 < lines.size() || i == 0); i++) {
            row++;
            if (row == lines.size()) {
                lines.add(new Line());
            }
        }
    }

    void up(int n) {
        returned = false;
        row = Math.max(0, row - n);
    }

    /// Moves below all text.
    void below() {
        returned = false;
        row = lines.size() - 1;
        if (!lines.get(row).text.isEmpty()) {
            lines.add(new Line());
            row++;
        }
        at = 0;
    }

    void column(int n) {
        if (lines.get(row).text.length() > WIDEST) {
            at = lines.get(row).text.length();
            returned = true;
        } else {
            at = 0;
            forward(n);
        }
    }

    void forward(int n) {
        StringBuilder line = lines.get(row).text;
        int left = n;
        while (left > 0 && at < line.length()) {
            at = next(line, at);
            left--;
        }
        at += Math.min(left, Math.max(0, line.length() + MOST_BLANKS - at));
    }

    void back(int n) {
        StringBuilder line = lines.get(row).text;
        for (int i = 0; i < n && at > 0; i++) {
            at = at > line.length() ? at - 1 : before(line, at);
        }
    }

    /// @param mode 0 from the cursor on, 1 up to the cursor, 2 the whole line
    void eraseLine(int mode) {
        if (mode != 1) {
            erase(lines.get(row), mode == 0 ? at : 0);
        }
    }

    /// @param mode 0 from the cursor on; other modes clear the screen, but the text keeps its
    ///   content
    void eraseBelow(int mode) {
        if (mode == 0) {
            erase(lines.get(row), at);
            int end = Math.min(lines.size(), row + 1 + TALLEST);
            lines.subList(row + 1, end).forEach(l -> erase(l, 0));
        }
    }

    private void erase(Line line, int from) {
        if (from < line.text.length()) {
            if (line.erasedFrom < 0) {
                erased.add(line);
                line.erasedFrom = from;
            } else {
                line.erasedFrom = Math.min(line.erasedFrom, from);
            }
        }
    }

    private int last() {
        int last = lines.size() - 1;
        while (last > 0 && lines.get(last).text.isEmpty() && lines.get(last).erasedFrom < 0) {
            last--;
        }
        return last;
    }

    List<TerminalLine> lines() {
        List<TerminalLine> all = new ArrayList<>();
        int last = last();
        for (int i = 0; i <= last; i++) {
            all.add(line(lines.get(i)));
        }
        return all;
    }

    private TerminalLine line(Line line) {
        String text = line.text.toString();
        if (line.styles.isEmpty()) {
            return TerminalLine.plain(text);
        }
        List<TerminalLine.Run> runs = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int index = styleAt(line, from);
            int to = from + 1;
            while (to < text.length() && styleAt(line, to) == index) {
                to++;
            }
            runs.add(new TerminalLine.Run(from, to, styles.get(index)));
            from = to;
        }
        return new TerminalLine(text, runs);
    }

    private static int styleAt(Line line, int at) {
        return at < line.styles.length() ? line.styles.charAt(at) : 0;
    }

    String text() {
        StringBuilder all = new StringBuilder();
        int last = last();
        for (int i = 0; i <= last; i++) {
            all.append(lines.get(i).text).append(i < lines.size() - 1 ? "\n" : "");
        }
        return all.toString();
    }

    /// The index after the grapheme at an index.
    private static int next(CharSequence text, int index) {
        int i = index + Character.charCount(Character.codePointAt(text, index));
        while (i < text.length()) {
            int c = Character.codePointAt(text, i);
            boolean joined = text.charAt(i - 1) == '\u200d';
            if (!joined && !joins(c)) {
                break;
            }
            i += Character.charCount(c);
        }
        return i;
    }

    private static int before(CharSequence text, int index) {
        int i = index;
        do {
            i -= Character.charCount(Character.codePointBefore(text, i));
        } while (i > 0
                && (joins(Character.codePointAt(text, i)) || text.charAt(i - 1) == '\u200d'));
        return i;
    }

    /// Whether a character is drawn together with the one before it.
    private static boolean joins(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            case Character.FORMAT -> c != 0xad;
            default -> Character.isEmojiModifier(c);
        };
    }
}
