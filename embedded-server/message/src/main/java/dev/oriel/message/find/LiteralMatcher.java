package dev.oriel.message.find;

import java.util.Arrays;

/// Finds a text as it is. Without regard to case, letters are equal if they are the same in upper
/// and then lower case, as in [String#equalsIgnoreCase].
final class LiteralMatcher implements TextMatcher {
    private static final int ASCII = 128;
    private static final char[] SAME = new char[ASCII];
    private static final char[] LOWER = new char[ASCII];

    /// Units between two checks of the deadline. For each of them a whole query can be compared.
    private static final int UNITS_PER_CHECK = 8 * 1024;

    private static final int LOW_BITS = 0xFF;

    static {
        for (char c = 0; c < ASCII; c++) {
            SAME[c] = c;
            LOWER[c] = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
    }

    private final String text;
    private final char[] sought;
    private final boolean matchCase;
    private final boolean wholeWord;
    private final char[] ascii;

    /// How far the next possible match is from a place whose last unit has these lower 8 bits
    /// (Boyer, Moore and Horspool).
    private final int[] shifts = new int[LOW_BITS + 1];

    /// The same by the unit itself if it is of ASCII; 0 if it can be the last unit of a match.
    private final int[] asciiShifts = new int[ASCII];

    LiteralMatcher(String text, boolean matchCase, boolean wholeWord) {
        this.sought = text.toCharArray();
        this.matchCase = matchCase;
        this.wholeWord = wholeWord;
        this.ascii = matchCase ? SAME : LOWER;
        boolean otherCases = !matchCase && text.chars().anyMatch(c -> isSurrogate((char) c));
        Arrays.fill(shifts, otherCases ? 1 : sought.length);
        for (int i = 0; i < sought.length; i++) {
            sought[i] = folded(sought[i]);
            if (!otherCases && i + 1 < sought.length) {
                shifts[sought[i] & LOW_BITS] = sought.length - 1 - i;
            }
        }
        for (char c = 0; c < ASCII; c++) {
            char unit = folded(c);
            asciiShifts[c] = unit == sought[sought.length - 1] ? 0 : shifts[unit & LOW_BITS];
        }
        this.text = new String(sought);
    }

    /// The unit for which all units stand that differ from it in case only.
    static char fold(char c) {
        return c < ASCII ? LOWER[c] : Character.toLowerCase(Character.toUpperCase(c));
    }

    private char folded(char c) {
        if (c < ASCII) {
            return ascii[c];
        }
        return matchCase ? c : fold(c);
    }

    private static boolean isSurrogate(char unit) {
        return unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE;
    }

    @Override
    public int find(String in, SearchDeadline deadline, Sink sink) throws SlowQueryException {
        if (text.indexOf('\n') >= 0) {
            return 0;
        }
        long start = System.nanoTime();
        int end = sought.length - 1;
        int found = 0;
        // The place of the last unit of a match.
        int i = end;
        while (i < in.length()) {
            if (deadline.endsSince(start)) {
                throw new SlowQueryException();
            }
            int stop = Math.min(in.length(), i + UNITS_PER_CHECK);
            while ((i = candidate(in, i, stop)) < stop) {
                char c = folded(in.charAt(i));
                if ((c == sought[end] || isSurrogate(c)) && isMatch(in, i - end)) {
                    sink.accept(i - end, i + 1);
                    if (++found == MAX_MATCHES) {
                        return found;
                    }
                    i += sought.length;
                } else {
                    i += shifts[c & LOW_BITS];
                }
            }
        }
        return found;
    }

    /// The next place that can be the last unit of a match, or a place at or after the stop. Almost
    /// all time is spent here.
    private int candidate(String in, int from, int stop) {
        int[] far = asciiShifts;
        int i = from;
        while (i < stop) {
            char c = in.charAt(i);
            int shift = c < ASCII ? far[c] : 0;
            if (shift == 0) {
                return i;
            }
            i += shift;
        }
        return i;
    }

    private boolean isMatch(String in, int at) {
        return isAt(in, at) && (!wholeWord || WordEdges.areAt(in, at, at + sought.length));
    }

    private boolean isAt(String in, int at) {
        for (int i = 0; i < sought.length; i++) {
            if (folded(in.charAt(at + i)) != sought[i]) {
                return hasOtherCase(in, at, i);
            }
        }
        return true;
    }

    /// Whether the rest is equal although a unit differs: letters outside of the basic plane have
    /// cases too.
    private boolean hasOtherCase(String in, int at, int from) {
        return !matchCase
                && isSurrogate(sought[from])
                && in.regionMatches(true, at, text, 0, sought.length);
    }
}
