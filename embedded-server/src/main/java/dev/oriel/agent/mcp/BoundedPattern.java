package dev.oriel.agent.mcp;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A regular expression of a client's schema (`pattern`) with bounded matching time. Java's engine
/// backtracks exponentially on some expressions (`^(.*a){25}$`), so character reads are counted,
/// and matching fails at a limit.
///
/// Repetitions of an empty expression read no characters. They are limited by the product of the
/// repetition counts in the expression.
final class BoundedPattern implements RegularExpression {
    /// The maximum number of character reads per match. They take some hundredths of a second.
    private static final int MAX_READS = 2_000_000;

    /// The maximum product of all repetition counts.
    private static final double MAX_REPETITIONS = 1e7;

    private static final Pattern COUNTED = Pattern.compile("\\{(\\d+)");

    private final String source;
    private final Pattern pattern;

    /// Thrown if matching takes too long. The message is a sentence for the author of the pattern.
    static final class TooCostlyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooCostlyException(String sentence) {
            super(sentence);
        }
    }

    /// @throws TooCostlyException if the product of the repetition counts exceeds the limit
    /// @throws java.util.regex.PatternSyntaxException if the syntax is invalid
    BoundedPattern(String pattern) {
        double repetitions =
                COUNTED.matcher(pattern)
                        .results()
                        .map(BoundedPattern::count)
                        .reduce(1.0, (a, b) -> a * b);
        if (repetitions > MAX_REPETITIONS) {
            throw new TooCostlyException("The pattern %s repeats too much.".formatted(pattern));
        }
        this.source = pattern;
        this.pattern =
                Pattern.compile(
                        RegularExpressions.replaceLongformCharacterProperties(
                                RegularExpressions.replaceDollarAnchors(pattern)));
    }

    private static double count(MatchResult counted) {
        return Math.max(1, Double.parseDouble(counted.group(1)));
    }

    /// @throws TooCostlyException if the limit of character reads is exceeded
    @Override
    public boolean matches(String text) {
        Matcher matcher = pattern.matcher(new CountedText(text, new int[1], source));
        return matcher.find();
    }

    /// A text that counts the reads of its characters.
    ///
    /// @param reads the number of reads so far, shared with all subsequences
    private record CountedText(CharSequence text, int[] reads, String pattern)
            implements CharSequence {
        @Override
        public char charAt(int index) {
            if (++reads[0] > MAX_READS) {
                throw new TooCostlyException(
                        "The pattern %s takes too long for this text.".formatted(pattern));
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new CountedText(text.subSequence(start, end), reads, pattern);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
