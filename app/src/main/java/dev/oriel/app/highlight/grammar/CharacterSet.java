package dev.oriel.app.highlight.grammar;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A set of ASCII characters. The bit of NUL stands for NUL, for all other characters together, and
/// for the end of the text.
///
/// @param low the characters 0 to 63
/// @param high the characters 64 to 127
record CharacterSet(long low, long high) {
    static final CharacterSet NONE = new CharacterSet(0, 0);
    static final CharacterSet ALL = new CharacterSet(-1, -1);
    static final CharacterSet END_OF_LINE = of('\n').or(of(0));

    /// Sets by the text of the class. Confined to the thread that reads an expression.
    static final class Classes {
        private static final int MAX_KNOWN = 4_000;

        private final Map<String, CharacterSet> known = new HashMap<>();
        private final StringBuilder one = new StringBuilder("x");

        /// @param set a class or an escape sequence in Java's syntax
        /// @throws java.util.regex.PatternSyntaxException if it is none
        CharacterSet of(String set, boolean ignoreCase) {
            if (known.size() > MAX_KNOWN) {
                // Expressions that contain code can contain any class.
                known.clear();
            }
            return known.computeIfAbsent(
                    (ignoreCase ? "i" : "c") + set,
                    key -> {
                        int flags = ignoreCase ? Pattern.CASE_INSENSITIVE : 0;
                        Matcher matcher = Pattern.compile(key.substring(1), flags).matcher(one);
                        // Whether it contains characters that are not ASCII is not worth the time.
                        CharacterSet all = CharacterSet.of(0);
                        for (char c = 1; c < 128; c++) {
                            one.setCharAt(0, c);
                            if (matcher.reset().matches()) {
                                all = all.or(CharacterSet.of(c));
                            }
                        }
                        return all;
                    });
        }
    }

    /// @param c a code point
    static CharacterSet of(int c) {
        int bit = c < 128 ? c : 0;
        return bit < 64 ? new CharacterSet(1L << bit, 0) : new CharacterSet(0, 1L << bit);
    }

    boolean contains(char c) {
        int bit = c < 128 ? c : 0;
        return ((bit < 64 ? low : high) >>> bit & 1) != 0;
    }

    CharacterSet or(CharacterSet other) {
        return new CharacterSet(low | other.low, high | other.high);
    }

    CharacterSet and(CharacterSet other) {
        return new CharacterSet(low & other.low, high & other.high);
    }

    boolean isEmpty() {
        return (low | high) == 0;
    }

    int size() {
        return Long.bitCount(low) + Long.bitCount(high);
    }
}
