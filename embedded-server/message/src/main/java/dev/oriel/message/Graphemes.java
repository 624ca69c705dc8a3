package dev.oriel.message;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Truncates text between grapheme clusters, which are what a reader perceives as one character: no
/// surrogate pair is split, no letter from its marks, no emoji that consists of several. Lengths
/// are in UTF-16 units.
public final class Graphemes {
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    /// No real cluster is longer; a longer one is split between code points.
    private static final int MAX_CLUSTER = 64;

    private static final int LOOK_BACK = 8_000;

    private Graphemes() {}

    /// The length of the longest prefix that does not end inside a cluster.
    ///
    /// @param text any text
    /// @param most the maximum
    /// @return at most `most`
    public static int prefixEnd(String text, int most) {
        if (text.length() <= most) {
            return text.length();
        }
        int from = clusterBegin(text, most - MAX_CLUSTER);
        Matcher clusters =
                CLUSTER.matcher(text).region(from, Math.min(text.length(), most + MAX_CLUSTER));
        int end = from;
        while (clusters.find()) {
            if (clusters.end() > most) {
                return isSplit(clusters) ? codePointEnd(text, most) : clusters.start();
            }
            end = clusters.end();
        }
        return end;
    }

    private static boolean isSplit(Matcher cluster) {
        return cluster.end() - cluster.start() > MAX_CLUSTER;
    }

    private static int codePointEnd(String text, int most) {
        return isInPair(text, most) ? most - 1 : Math.max(0, most);
    }

    private static boolean isInPair(String text, int at) {
        return at > 0
                && Character.isHighSurrogate(text.charAt(at - 1))
                && Character.isLowSurrogate(text.charAt(at));
    }

    /// A position at or before `at` where a cluster begins: at a character that never joins others.
    private static int clusterBegin(String text, int at) {
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

    /// The start of the longest suffix that does not begin inside a cluster.
    ///
    /// @param text any text
    /// @param most the maximum length of the suffix
    /// @return an index into the text
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
                CLUSTER.matcher(text).region(end, Math.min(text.length(), end + 2 * MAX_CLUSTER));
        if (clusters.find() && !isSplit(clusters)) {
            return clusters.end();
        }
        return isInPair(text, wanted) ? wanted + 1 : wanted;
    }

    /// Truncates a text, with `…` as its last character if it was too long.
    ///
    /// @param text any text
    /// @param most the maximum length
    /// @return the text itself if it is not longer
    public static String truncate(String text, int most) {
        return text.length() <= most ? text : text.substring(0, prefixEnd(text, most - 1)) + "…";
    }
}
