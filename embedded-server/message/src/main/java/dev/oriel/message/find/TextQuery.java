package dev.oriel.message.find;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What to find in a text.
///
/// @param text at most [#MAX_LENGTH] characters
/// @param matchCase whether upper and lower case differ
/// @param wholeWord whether a match must begin and end at the edge of a word
/// @param regex whether the text is a regular expression ([Pattern])
public record TextQuery(String text, boolean matchCase, boolean wholeWord, boolean regex) {
    /// The longest text, UTF-16 units.
    public static final int MAX_LENGTH = 1_000;

    /// The largest product of the least counts of all repetitions. Repeating an empty expression
    /// reads no character, so that no deadline ends it.
    private static final double MAX_REPETITIONS = 100_000;

    private static final Pattern COUNTED = Pattern.compile("\\{(\\d+)");

    /// A query for a text as it is, in upper or lower case.
    ///
    /// @param text what to find
    /// @return the query
    public static TextQuery of(String text) {
        return new TextQuery(text, false, false, false);
    }

    /// Prepares the search.
    ///
    /// @return finds what this query describes
    /// @throws InvalidQueryException if the text is empty, too long, or no regular expression
    public TextMatcher matcher() throws InvalidQueryException {
        if (text.isEmpty()) {
            throw new InvalidQueryException("There is nothing to find.");
        }
        if (text.length() > MAX_LENGTH) {
            throw new InvalidQueryException(
                    "The text to find is longer than %,d characters.".formatted(MAX_LENGTH));
        }
        return regex
                ? new RegexMatcher(pattern(), wholeWord)
                : new LiteralMatcher(text, matchCase, wholeWord);
    }

    /// Prepares to skip messages without a match.
    ///
    /// @return passes at least all messages whose text has a match
    public TextPrefilter prefilter() {
        return TextPrefilter.of(this);
    }

    private Pattern pattern() throws InvalidQueryException {
        double repetitions =
                COUNTED.matcher(text)
                        .results()
                        .mapToDouble(count -> Math.max(1, Double.parseDouble(count.group(1))))
                        .reduce(1, (a, b) -> a * b);
        if (repetitions > MAX_REPETITIONS) {
            throw new InvalidQueryException("The regular expression repeats too much.");
        }
        int flags = Pattern.UNICODE_CHARACTER_CLASS;
        try {
            return Pattern.compile(
                    text,
                    matchCase ? flags : flags | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        } catch (PatternSyntaxException e) {
            throw new InvalidQueryException(
                    "Not a regular expression: " + e.getDescription().strip() + ".");
        } catch (StackOverflowError | ArithmeticException e) {
            throw new InvalidQueryException("The regular expression is nested too deeply.");
        }
    }
}
