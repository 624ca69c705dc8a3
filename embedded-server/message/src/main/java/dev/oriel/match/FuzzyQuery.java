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

    /// The bits of [#mask] for letters in either case; those for capital letters follow.
    private static final int FOLDED_BITS = 32;

    /// The difference of a Latin letter and its capital.
    private static final int CASE_BIT = 'a' - 'A';

    private final char[] query;
    private final long mask;

    /// The text that is ranked, from the first character that may match.
    private char[] text = new char[256];

    // Of the search for the best positions: for each character of the query a row.
    private int[] best = new int[0];
    private int[] from = new int[0];

    private FuzzyQuery(String query) {
        this.query = query.toCharArray();
        this.mask = mask(query, 0);
    }

    /// A query of what the user has typed. White space at its ends is ignored.
    public static FuzzyQuery of(String typed) {
        String query = typed.strip();
        return new FuzzyQuery(query.length() > MAX_LENGTH ? query.substring(0, MAX_LENGTH) : query);
    }

    /// Whether it matches every text.
    public boolean isEmpty() {
        return query.length == 0;
    }

    /// The characters of a text as a set of 64 bits. A text can match only if its set contains that
    /// of the query.
    ///
    /// @param start of the part of the text
    public static long mask(String text, int start) {
        long mask = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            char folded = Character.toLowerCase(c);
            mask |= bit(folded);
            if (c >= 'A' && c <= 'Z') {
                mask |= 1L << (FOLDED_BITS + c - 'A');
            }
        }
        return mask;
    }

    /// A bit for each Latin letter; the others share the rest.
    private static long bit(char c) {
        return c >= 'a' && c <= 'z' ? 1L << (c - 'a') : 1L << (26 + c % (FOLDED_BITS - 26));
    }

    /// Whether a text with this [#mask] may match.
    public boolean mayMatch(long textMask) {
        return (mask & ~textMask) == 0;
    }

    /// The rank of a text.
    ///
    /// @param nameStart where the last part of a path starts; 0 if the text is no path
    /// @return a higher one for a better match; [#NO_MATCH] for none
    public int rank(String whole, int nameStart) {
        return rank(whole, nameStart, null);
    }

    /// The rank of a text, if the query matches within its last part; such a rank is higher than
    /// any other.
    ///
    /// @param nameStart as in [#rank]
    public int rankByName(String whole, int nameStart) {
        if (query.length == 0) {
            return NO_MATCH;
        }
        int inName = rankInName(whole, nameStart, null);
        return inName == NO_MATCH ? NO_MATCH : IN_NAME + inName;
    }

    /// The rank of a text in which the end counts most, as in the path of a folder. Cheaper than
    /// [#rank].
    public int rankByEnd(String whole) {
        return query.length == 0 ? -whole.length() : rankInPath(whole, null);
    }

    /// The positions of the matched characters in a text.
    ///
    /// @param nameStart as in [#rank]
    /// @return ascending; empty if it does not match, or the query is empty
    public int[] positions(String whole, int nameStart) {
        int[] positions = new int[query.length];
        return rank(whole, nameStart, positions) == NO_MATCH ? new int[0] : positions;
    }

    private int rank(String whole, int nameStart, int @Nullable [] positions) {
        if (query.length == 0) {
            return -whole.length();
        }
        int inName = rankInName(whole, nameStart, positions);
        return inName == NO_MATCH ? rankInPath(whole, positions) : IN_NAME + inName;
    }

    private void load(String whole, int start, int length) {
        if (text.length < length) {
            text = new char[length];
        }
        whole.getChars(start, start + length, text, 0);
    }

    /// Finds the positions within the name that give the highest rank.
    private int rankInName(String whole, int nameStart, int @Nullable [] positions) {
        int length = whole.length() - nameStart;
        int count = query.length;
        if (count > length || length > MAX_NAME) {
            return NO_MATCH;
        }
        load(whole, nameStart, length);
        if (!isContained(length)) {
            return NO_MATCH;
        }
        if (best.length < count * length) {
            best = new int[count * length];
            from = new int[count * length];
        }
        for (int i = 0; i < count; i++) {
            fillRow(i, length);
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
        boolean isWhole = count == length || (count == length - 1 && text[length - 1] == '/');
        return rank + (isWhole ? WHOLE_NAME : 0) - 4 * length - nameStart;
    }

    /// Computes the best ranks with the character `i` of the query at each position.
    private void fillRow(int i, int length) {
        int row = i * length;
        char typed = query[i];
        Arrays.fill(best, row, row + length, NO_MATCH);
        int before = i == 0 ? 0 : NO_MATCH; // the best one that ends before the position before
        int beforeAt = -1;
        for (int j = i; j < length; j++) {
            if (i > 0 && j >= 2 && best[row - length + j - 2] > before) {
                before = best[row - length + j - 2];
                beforeAt = j - 2;
            }
            if (!isSame(typed, text[j])) {
                continue;
            }
            int bonus = MATCHED;
            if (isWordStart(j)) {
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

    private boolean isContained(int length) {
        int i = 0;
        for (int j = 0; j < length; j++) {
            if (isSame(query[i], text[j]) && ++i == query.length) {
                return true;
            }
        }
        return false;
    }

    /// Takes the last positions that match, because the end of a path tells more than its start.
    private int rankInPath(String whole, int @Nullable [] positions) {
        int length = whole.length();
        int i = query.length - 1;
        if (i >= length) {
            return NO_MATCH;
        }
        load(whole, 0, length);
        int rank = 0;
        int next = -1;
        char typed = query[i];
        for (int j = length - 1; j >= i; j--) {
            if (!isSame(typed, text[j])) {
                continue;
            }
            rank += MATCHED;
            if (next == j + 1) {
                rank += FOLLOWS;
            }
            if (isWordStart(j)) {
                rank += WORD_START;
            }
            if (positions != null) {
                positions[i] = j;
            }
            next = j;
            if (--i < 0) {
                return rank - length;
            }
            typed = query[i];
        }
        return NO_MATCH;
    }

    /// Small, so that it is inlined: it is called for each character of all texts.
    private static boolean isSame(char typed, char c) {
        return typed == c || (((c ^ typed) == CASE_BIT || c >= 128) && isCapitalOf(typed, c));
    }

    private static boolean isCapitalOf(char typed, char c) {
        return Character.toLowerCase(c) == typed;
    }

    private boolean isWordStart(int at) {
        if (at == 0) {
            return true;
        }
        char before = text[at - 1];
        char here = text[at];
        return !Character.isLetterOrDigit(before)
                || (Character.isUpperCase(here) && !Character.isUpperCase(before))
                || (Character.isDigit(here) && !Character.isDigit(before));
    }
}
