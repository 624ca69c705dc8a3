package dev.oriel.app.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line as words, gaps and other characters. No token ends inside a grapheme cluster.
///
/// @param starts where each token starts, and the length of the line
/// @param ids equal tokens have equal numbers
/// @param bag the numbers of all tokens but gaps, sorted
/// @param weight number of characters that are not gaps
record LineTokens(List<Integer> starts, List<Integer> ids, int[] bag, int weight) {
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private enum Kind {
        WORD,
        GAP,
        OTHER
    }

    /// The tokens of several lines, numbered.
    static final class Vocabulary {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<Integer> lengths = new ArrayList<>();

        private int numberOf(String token) {
            Integer known = numbers.putIfAbsent(token, lengths.size());
            if (known == null) {
                lengths.add(token.length());
                return lengths.size() - 1;
            }
            return known;
        }

        private int lengthOf(int number) {
            return lengths.get(number);
        }
    }

    static LineTokens of(String line, Vocabulary words) {
        List<Integer> starts = starts(line);
        List<Integer> ids = new ArrayList<>(starts.size());
        int[] bag = new int[starts.size()];
        int bagged = 0;
        int weight = 0;
        for (int i = 0; i + 1 < starts.size(); i++) {
            String token = line.substring(starts.get(i), starts.get(i + 1));
            int number = words.numberOf(token);
            ids.add(number);
            if (!token.isBlank()) {
                bag[bagged++] = number;
                weight += token.length();
            }
        }
        int[] sorted = Arrays.copyOf(bag, bagged);
        Arrays.sort(sorted);
        return new LineTokens(starts, ids, sorted, weight);
    }

    /// A line whose words are not known.
    static LineTokens none(String line) {
        return new LineTokens(List.of(0, line.length()), List.of(), new int[0], line.length());
    }

    private static List<Integer> starts(String line) {
        List<Integer> starts = new ArrayList<>();
        Kind last = Kind.OTHER;
        int at = 0;
        Matcher clusters = isSimple(line) ? null : CLUSTER.matcher(line);
        while (at < line.length()) {
            Kind kind = kind(line.codePointAt(at));
            if (kind == Kind.OTHER || kind != last) {
                starts.add(at);
            }
            last = kind;
            at = clusters == null ? at + 1 : clusters.find() ? clusters.end() : line.length();
        }
        starts.add(line.length());
        return starts;
    }

    /// Whether every character is a grapheme cluster of its own.
    private static boolean isSimple(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) >= 0x300) {
                return false;
            }
        }
        return true;
    }

    private static Kind kind(int c) {
        if (Character.isWhitespace(c)) {
            return Kind.GAP;
        }
        if (c == '_' || c == '$') {
            return Kind.WORD;
        }
        return Character.isLetterOrDigit(c) && hasSpaces(c) ? Kind.WORD : Kind.OTHER;
    }

    /// Whether words of the character's script are separated by spaces.
    private static boolean hasSpaces(int c) {
        return c < 0xe00
                || switch (Character.UnicodeScript.of(c)) {
                    case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> false;
                    default -> true;
                };
    }

    /// How much two lines have in common, from 0 to 1, in terms of their words.
    double similarity(LineTokens other, Vocabulary words) {
        if (weight + other.weight == 0) {
            return 1;
        }
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < bag.length && j < other.bag.length) {
            if (bag[i] == other.bag[j]) {
                common += words.lengthOf(bag[i]);
                i++;
                j++;
            } else if (bag[i] < other.bag[j]) {
                i++;
            } else {
                j++;
            }
        }
        return 2.0 * common / (weight + other.weight);
    }
}
