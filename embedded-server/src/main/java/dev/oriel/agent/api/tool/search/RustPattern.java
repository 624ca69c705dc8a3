package dev.oriel.agent.api.tool.search;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A regular expression in the syntax of ripgrep (Rust's `regex`), compiled by [Pattern]. What Rust
/// does not have, such as look-around and back-references, is rejected here too. Immutable.
final class RustPattern {
    private final Pattern unicode;
    private final Pattern ascii;
    private final String literal;
    private final boolean mayCrossLines;

    private RustPattern(Pattern unicode, Pattern ascii, String literal, boolean mayCrossLines) {
        this.unicode = unicode;
        this.ascii = ascii;
        this.literal = literal;
        this.mayCrossLines = mayCrossLines;
    }

    /// @param multiline whether matches may contain line ends, and `.` matches them
    /// @throws SearchRejectedException if it is not valid
    static RustPattern compile(String pattern, boolean ignoreCase, boolean multiline)
            throws SearchRejectedException {
        RustRegexTranslator translated = new RustRegexTranslator(pattern, multiline);
        String java = translated.translate();
        int flags = Pattern.MULTILINE | Pattern.UNIX_LINES;
        if (multiline) {
            flags |= Pattern.DOTALL;
        }
        if (ignoreCase) {
            flags |= Pattern.CASE_INSENSITIVE;
        }
        try {
            Pattern unicode =
                    Pattern.compile(
                            java, flags | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
            return new RustPattern(
                    unicode,
                    // Without tables of Unicode it is several times as fast.
                    Pattern.compile(java, flags),
                    translated.literal(),
                    translated.mayCrossLines());
        } catch (PatternSyntaxException e) {
            throw rejected(pattern, e.getDescription());
        } catch (StackOverflowError e) {
            throw rejected(pattern, "it is nested too deeply");
        }
    }

    static SearchRejectedException rejected(String pattern, String reason) {
        return new SearchRejectedException(
                "regex parse error:\n    (?:" + pattern + ")\nerror: " + reason);
    }

    /// @param onlyAscii whether all texts are ASCII
    Matcher matcher(boolean onlyAscii) {
        return (onlyAscii ? ascii : unicode).matcher("");
    }

    /// A text that each match contains; empty if none is known. Its case is that of the pattern.
    String literal() {
        return literal;
    }

    /// Whether a match in a text of several lines may contain line ends.
    boolean mayCrossLines() {
        return mayCrossLines;
    }
}
