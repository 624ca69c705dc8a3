package dev.oriel.match;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A query of a picker: matches every text that contains its characters in their order, and ranks
/// the matches. Upper-case letters in the query match upper case only; lower-case ones match both.
///
/// The rank prefers, in this order: a match within the last part of a path, characters at the start
/// of a word (also in camel case), characters that follow each other, and shorter texts.
///
/// Reuses its memory, so an instance belongs to one thread at a time.
public final class FuzzyQuery {
    /// Queries with more UTF-16 units are cut.
    private static final int MAX_LENGTH = 100;

    /// Longer names, UTF-16 units, are matched without a search for the best positions.
    private static final int MAX_NAME = 200;

    /// The rank of a text that does not match.
    public static final int NO_MATCH = Integer.MIN_VALUE;

    private static final int IN_NAME = 100_000;
    private static final int WHOLE_NAME = 20_000;
    private static final int NAME_START = 600;
    private static final int MATCHED = 100;
    private static final int WORD_START = 80;
    private static final int FOLLOWS = 100;

    private final String query;
    private final long mask;

    // Of the search for the best positions: for each character of the query a row.
    private int[] best = new int[0];
    private int[] from = new int[0];

    private FuzzyQuery(String query) {
        this.query = query;
        this.mask = mask(query);
    }

    /// A query of what the user has typed. White space at its ends is ignored.
    public static FuzzyQuery of(String typed) {
        String query = typed.strip();
        return new FuzzyQuery(query.length() > MAX_LENGTH ? query.substring(0, MAX_LENGTH) : query);
    }

    /// Whether it matches every text.
    public boolean isEmpty() {
        return query.isEmpty();
    }

    /// The characters of a text as a set of 64 bits, in which case does not count. A text can match
    /// only if its set contains that of the query.
    public static long mask(String text) {
        long mask = 0;
        for (int i = 0; i < text.length(); i++) {
            mask |= 1L << (Character.toLowerCase(text.charAt(i)) & 63);
        }
        return mask;
    }

    /// Whether a text with this [#mask] may match.
    public boolean mayMatch(long textMask) {
        return (mask & ~textMask) == 0;
    }

    /// The rank of a text.
    ///
    /// @param nameStart where the last part of a path starts; 0 if the text is no path
    /// @return a higher one for a better match; [#NO_MATCH] for none
    public int rank(String text, int nameStart) {
        return rank(text, nameStart, null);
    }

    /// The positions of the matched characters in a text.
    ///
    /// @param nameStart as in [#rank]
    /// @return ascending; empty if it does not match, or the query is empty
    public int[] positions(String text, int nameStart) {
        int[] positions = new int[query.length()];
        return rank(text, nameStart, positions) == NO_MATCH ? new int[0] : positions;
    }

    private int rank(String text, int nameStart, int @Nullable [] positions) {
        if (query.isEmpty()) {
            return -text.length();
        }
        int inName = rankInName(text, nameStart, positions);
        return inName == NO_MATCH ? rankInPath(text, positions) : IN_NAME + inName;
    }

    /// Finds the positions within the name that give the highest rank.
    private int rankInName(String text, int nameStart, int @Nullable [] positions) {
        int length = text.length() - nameStart;
        int count = query.length();
        if (count > length || length > MAX_NAME || !isContained(text, nameStart)) {
            return NO_MATCH;
        }
        if (best.length < count * length) {
            best = new int[count * length];
            from = new int[count * length];
        }
        for (int i = 0; i < count; i++) {
            fillRow(i, text, nameStart, length);
        }
        int end = -1;
        int rank = NO_MATCH;
        for (int j = count - 1; j < length; j++) {
            int here = best[(count - 1) * length + j];
            if (here > rank) {
                rank = here;
                end = j;
            }
        }
        if (rank == NO_MATCH) {
            return NO_MATCH;
        }
        if (positions != null) {
            for (int i = count - 1, j = end; i >= 0; i--) {
                positions[i] = nameStart + j;
                j = from[i * length + j];
            }
        }
        boolean isWhole = count == length || (count == length - 1 && text.endsWith("/"));
        return rank + (isWhole ? WHOLE_NAME : 0) - 4 * length - nameStart;
    }

    /// Computes the best ranks with the character `i` of the query at each position.
    private void fillRow(int i, String text, int nameStart, int length) {
        int row = i * length;
        Arrays.fill(best, row, row + length, NO_MATCH);
        int before = i == 0 ? 0 : NO_MATCH; // the best one that ends before the position before
        int beforeAt = -1;
        for (int j = i; j < length; j++) {
            if (i > 0 && j >= 2 && best[row - length + j - 2] > before) {
                before = best[row - length + j - 2];
                beforeAt = j - 2;
            }
            if (!isSame(query.charAt(i), text.charAt(nameStart + j))) {
                continue;
            }
            int bonus = MATCHED;
            if (isWordStart(text, nameStart + j)) {
                bonus += j == 0 ? NAME_START : WORD_START;
            }
            int adjacent = i == 0 ? NO_MATCH : best[row - length + j - 1];
            int rank = before;
            int at = beforeAt;
            if (adjacent != NO_MATCH && adjacent + FOLLOWS > rank) {
                rank = adjacent + FOLLOWS;
                at = j - 1;
            }
            if (rank != NO_MATCH) {
                best[row + j] = rank + bonus;
                from[row + j] = at;
            }
        }
    }

    private boolean isContained(String text, int start) {
        int i = 0;
        for (int j = start; j < text.length() && i < query.length(); j++) {
            if (isSame(query.charAt(i), text.charAt(j))) {
                i++;
            }
        }
        return i == query.length();
    }

    /// Takes the last positions that match, because the end of a path tells more than its start.
    private int rankInPath(String text, int @Nullable [] positions) {
        int i = query.length() - 1;
        int rank = 0;
        int next = -1;
        for (int j = text.length() - 1; j >= 0 && i >= 0; j--) {
            if (!isSame(query.charAt(i), text.charAt(j))) {
                continue;
            }
            rank += MATCHED;
            if (next == j + 1) {
                rank += FOLLOWS;
            }
            if (isWordStart(text, j)) {
                rank += WORD_START;
            }
            if (positions != null) {
                positions[i] = j;
            }
            next = j;
            i--;
        }
        return i >= 0 ? NO_MATCH : rank - text.length();
    }

    private static boolean isSame(char typed, char c) {
        return typed == c || (Character.toLowerCase(c) == typed && c != typed);
    }

    private static boolean isWordStart(String text, int at) {
        if (at == 0) {
            return true;
        }
        char before = text.charAt(at - 1);
        char here = text.charAt(at);
        return !Character.isLetterOrDigit(before)
                || (Character.isUpperCase(here) && !Character.isUpperCase(before))
                || (Character.isDigit(here) && !Character.isDigit(before));
    }
}
