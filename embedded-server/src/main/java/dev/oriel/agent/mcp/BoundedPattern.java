package dev.oriel.agent.mcp;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `pattern` of a client's schema, which may be one that Java's engine would try for hours
/// (`^(.*a){25}$`). Each look at a letter is counted, and at some number it ends.
///
/// Repetitions of nothing look at no letter; they are bounded by what stands in the pattern.
final class BoundedPattern implements RegularExpression {
    /// Some hundredths of a second.
    private static final int MOST_LOOKS = 2_000_000;

    /// Of all counted repetitions, multiplied.
    private static final double MOST_ROUNDS = 1e7;

    private static final Pattern COUNTED = Pattern.compile("\\{(\\d+)");

    private final String written;
    private final Pattern pattern;

    /// A pattern takes too long. The message is a sentence for who wrote it.
    static final class TooCostlyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooCostlyException(String sentence) {
            super(sentence);
        }
    }

    /// @throws TooCostlyException if it repeats too much whatever the text is
    /// @throws java.util.regex.PatternSyntaxException if it is none
    BoundedPattern(String pattern) {
        double rounds =
                COUNTED.matcher(pattern)
                        .results()
                        .map(BoundedPattern::count)
                        .reduce(1.0, (a, b) -> a * b);
        if (rounds > MOST_ROUNDS) {
            throw new TooCostlyException("The pattern %s repeats too much.".formatted(pattern));
        }
        this.written = pattern;
        this.pattern =
                Pattern.compile(
                        RegularExpressions.replaceLongformCharacterProperties(
                                RegularExpressions.replaceDollarAnchors(pattern)));
    }

    private static double count(MatchResult counted) {
        return Math.max(1, Double.parseDouble(counted.group(1)));
    }

    /// @throws TooCostlyException if that cannot be said soon
    @Override
    public boolean matches(String text) {
        Matcher matcher = pattern.matcher(new Watched(text, new int[1], written));
        return matcher.find();
    }

    /// A text that is looked at only so often.
    ///
    /// @param looks so far, of all its parts
    private record Watched(CharSequence text, int[] looks, String by) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (++looks[0] > MOST_LOOKS) {
                throw new TooCostlyException(
                        "The pattern %s takes too long for this text.".formatted(by));
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Watched(text.subSequence(start, end), looks, by);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
