package dev.oriel.message;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a text may be cut so that nothing a reader takes for one character is divided: neither a
/// surrogate pair, nor a letter from its marks, nor an emoji made of several.
public final class Graphemes {
    private static final Pattern ONE = Pattern.compile("\\X");

    /// No cluster that anybody writes is longer; a longer one is divided between code points.
    private static final int LONGEST = 64;

    private static final int LOOK_BACK = 8_000;

    private Graphemes() {}

    /// The largest place to cut at that is at most `most`, in UTF-16 units.
    public static int prefixEnd(String text, int most) {
        if (text.length() <= most) {
            return text.length();
        }
        int from = begin(text, most - LONGEST);
        int end = from;
        Matcher clusters = ONE.matcher(text).region(from, Math.min(text.length(), most + LONGEST));
        while (clusters.find() && clusters.end() <= most) {
            end = clusters.end();
        }
        if (end > from || most - from < LONGEST) {
            return Math.max(0, end);
        }
        boolean pair =
                Character.isHighSurrogate(text.charAt(most - 1))
                        && Character.isLowSurrogate(text.charAt(most));
        return pair ? most - 1 : most;
    }

    /// A place at or before this one where a cluster begins: at a character that joins no other.
    private static int begin(String text, int at) {
        int least = Math.max(0, at - LOOK_BACK);
        for (int i = at; i > least; i--) {
            char c = text.charAt(i);
            if (c < 0x300 && c != '\n') {
                return i;
            }
        }
        boolean inPair = least > 0 && Character.isLowSurrogate(text.charAt(least));
        return inPair ? least - 1 : least;
    }

    /// The smallest place to cut at behind which at most `most` UTF-16 units stand.
    public static int suffixStart(String text, int most) {
        if (text.length() <= most) {
            return 0;
        }
        int wanted = text.length() - most;
        int end = prefixEnd(text, wanted);
        if (end == wanted) {
            return wanted;
        }
        Matcher clusters =
                ONE.matcher(text).region(end, Math.min(text.length(), end + 2 * LONGEST));
        return clusters.find() ? clusters.end() : wanted;
    }

    /// At most `most` UTF-16 units, with `…` as the last one where something was left out.
    public static String truncate(String text, int most) {
        return text.length() <= most ? text : text.substring(0, prefixEnd(text, most - 1)) + "…";
    }
}
