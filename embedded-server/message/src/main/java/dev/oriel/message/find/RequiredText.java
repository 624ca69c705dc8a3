package dev.oriel.message.find;

import java.lang.Character.UnicodeScript;

/// The longest text without special characters that every match of a query contains as it is, apart
/// from upper and lower case. It consists of ASCII letters and digits and of letters of scripts
/// without cases: of those it can be told which bytes they have in a message.
final class RequiredText {
    /// Escapes that stand for one character or an edge, and have no argument.
    private static final String PLAIN_ESCAPES = "dDwWsSbBhHvVAzZtnrfRX";

    private static final String QUANTIFIERS = "*+?{";

    private final String query;
    private final StringBuilder run = new StringBuilder();
    private String longest = "";
    private int at;

    private RequiredText(String query) {
        this.query = query;
    }

    /// @return empty if there is none, or it is not known
    static String of(TextQuery query) {
        RequiredText text = new RequiredText(query.text());
        if (query.regex()) {
            return text.readExpression() ? text.longest : "";
        }
        for (char c : query.text().toCharArray()) {
            text.add(query.matchCase() ? c : LiteralMatcher.fold(c));
        }
        text.endRun();
        return text.longest;
    }

    private void add(char c) {
        if (isPlain(c)) {
            run.append(c);
        } else {
            endRun();
        }
    }

    private void endRun() {
        if (run.length() > longest.length()) {
            longest = run.toString();
        }
        run.setLength(0);
    }

    private static boolean isPlain(char c) {
        return c < 0x80 ? isAsciiWord(c) : !Character.isSurrogate(c) && isCaseless(c);
    }

    static boolean isAsciiWord(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isCaseless(char c) {
        return Character.isLetter(c)
                && switch (UnicodeScript.of(c)) {
                    case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
                    default -> false;
                };
    }

    /// Reads a regular expression. Only what is outside of groups and followed by no quantifier
    /// counts.
    ///
    /// @return false if the expression contains what is not understood here
    private boolean readExpression() {
        while (at < query.length()) {
            char c = query.charAt(at);
            boolean understood =
                    switch (c) {
                        case '|' -> false;
                        case '\\' -> skipEscape();
                        case '[' -> skipClass();
                        case '(' -> skipGroup();
                        case '*', '+', '?', '{' -> skipQuantifier(c);
                        default -> {
                            at++;
                            addLiteral(c);
                            yield true;
                        }
                    };
            if (!understood) {
                return false;
            }
        }
        endRun();
        return true;
    }

    private void addLiteral(char c) {
        boolean repeated = at < query.length() && QUANTIFIERS.indexOf(query.charAt(at)) >= 0;
        if (!repeated) {
            add(c);
            return;
        }
        // With `+` it occurs, but what follows need not follow its first occurrence.
        if (query.charAt(at) == '+') {
            add(c);
        }
        endRun();
    }

    private boolean skipEscape() {
        endRun();
        if (at + 1 == query.length()) {
            return false;
        }
        char c = query.charAt(at + 1);
        at += 2;
        return PLAIN_ESCAPES.indexOf(c) >= 0 || (c < 0x80 && !isAsciiWord(c));
    }

    /// Skips a class without nested classes.
    private boolean skipClass() {
        endRun();
        int first = at + 1;
        if (first < query.length() && query.charAt(first) == '^') {
            first++;
        }
        for (int i = first; i < query.length(); i++) {
            switch (query.charAt(i)) {
                case '[', '&' -> {
                    return false;
                }
                case '\\' -> {
                    at = i;
                    if (!skipEscape()) {
                        return false;
                    }
                    i = at - 1;
                }
                case ']' -> {
                    at = i + 1;
                    return i > first;
                }
                default -> {
                    // A member of the class.
                }
            }
        }
        return false;
    }

    /// Skips a group that sets no flags, whatever it contains.
    private boolean skipGroup() {
        endRun();
        at++;
        if (at < query.length() && query.charAt(at) == '?' && !skipGroupKind()) {
            return false;
        }
        while (at < query.length()) {
            char c = query.charAt(at);
            if (c == ')') {
                at++;
                return true;
            }
            boolean understood =
                    switch (c) {
                        case '\\' -> skipEscape();
                        case '[' -> skipClass();
                        case '(' -> skipGroup();
                        default -> ++at > 0;
                    };
            if (!understood) {
                return false;
            }
        }
        return false;
    }

    /// Flags such as `(?x)` change what the rest of the expression means.
    private boolean skipGroupKind() {
        at++;
        char kind = at < query.length() ? query.charAt(at) : 0;
        at++;
        return kind != 0 && ":=!><".indexOf(kind) >= 0;
    }

    private boolean skipQuantifier(char c) {
        endRun();
        int end = c == '{' ? query.indexOf('}', at) : at;
        at = end + 1;
        return end >= 0;
    }
}
