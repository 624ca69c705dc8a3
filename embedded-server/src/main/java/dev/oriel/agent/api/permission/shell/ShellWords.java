package dev.oriel.agent.api.permission.shell;

import dev.oriel.agent.api.permission.shell.ShellLine.Word;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the words of a command line, with the quotes and the few expansions whose result is known.
/// Confined to one call.
final class ShellWords {
    private static final String ENDS = " \t\n;|&<>";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern SUM =
            Pattern.compile(
                    "\\(\\( ?(0|[1-9][0-9]{0,4}) ?([-+*]) ?(0|[1-9][0-9]{0,4}) ?\\)\\)"
                            + "|\\(\\( ?(0|[1-9][0-9]{0,4}) ?\\)\\)");
    private static final Pattern DELIMITER =
            Pattern.compile(
                    "'([A-Za-z_][A-Za-z0-9_]*)'|\"([A-Za-z_][A-Za-z0-9_]*)\""
                            + "|\\\\([A-Za-z_][A-Za-z0-9_]*)");

    final String line;
    int at;
    private final Map<String, String> variables;
    private @Nullable String hereEnd;

    /// @param line without continued lines
    /// @param variables the values of the variables that are known
    ShellWords(String line, Map<String, String> variables) {
        this.line = line;
        this.variables = variables;
    }

    /// Removes the line breaks after a backslash, which bash does not see.
    static String joinLines(String line) throws UnclearException {
        if (!line.contains("\\\n")) {
            return line;
        }
        if (line.contains("<<") || line.indexOf('#') >= 0) {
            throw new UnclearException("A line is continued.");
        }
        StringBuilder joined = new StringBuilder();
        boolean isSingle = false;
        boolean isDouble = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && !isSingle && i + 1 < line.length()) {
                i++;
                if (line.charAt(i) != '\n') {
                    joined.append(c).append(line.charAt(i));
                }
                continue;
            }
            isSingle ^= c == '\'' && !isDouble;
            isDouble ^= c == '"' && !isSingle;
            joined.append(c);
        }
        return joined.toString();
    }

    boolean isAtEnd() {
        return at >= line.length();
    }

    /// The next character; NUL at the end.
    char next() {
        return isAtEnd() ? '\0' : line.charAt(at);
    }

    void skipBlanks() {
        while (next() == ' ' || next() == '\t') {
            at++;
        }
    }

    /// Begins after `<<`, before a delimiter in quotes: the text is not expanded.
    void beginHereDocument() throws UnclearException {
        Matcher delimiter = DELIMITER.matcher(line).region(at, line.length());
        if (hereEnd != null || !delimiter.lookingAt()) {
            throw new UnclearException("The command contains a here document with expansions.");
        }
        at = delimiter.end();
        if (!isAtEnd() && ENDS.indexOf(next()) < 0) {
            throw new UnclearException("The command contains a here document.");
        }
        for (int i = 1; i <= 3; i++) {
            if (delimiter.group(i) != null) {
                hereEnd = delimiter.group(i);
            }
        }
    }

    /// Skips the text of a here document, if a line break begins one.
    void endLine() throws UnclearException {
        at++;
        while (hereEnd != null) {
            int end = line.indexOf('\n', at);
            String text = line.substring(at, end < 0 ? line.length() : end);
            if (text.equals(hereEnd)) {
                hereEnd = null;
            } else if (end < 0) {
                throw new UnclearException("A here document is not complete.");
            }
            at = end < 0 ? line.length() : end + 1;
        }
    }

    /// Fails in the middle of a here document.
    void end() throws UnclearException {
        if (hereEnd != null) {
            throw new UnclearException("A here document is not complete.");
        }
    }

    Word read() throws UnclearException {
        int start = at;
        StringBuilder text = new StringBuilder();
        boolean isGlob = false;
        while (!isAtEnd() && ENDS.indexOf(next()) < 0) {
            char c = next();
            switch (c) {
                case '\'' -> {
                    int end = line.indexOf('\'', at + 1);
                    if (end < 0) {
                        throw new UnclearException("A quote is not closed.");
                    }
                    text.append(line, at + 1, end);
                    at = end + 1;
                }
                case '"' -> readQuoted(text);
                case '\\' -> {
                    if (at + 1 >= line.length()) {
                        throw new UnclearException("A line is continued.");
                    }
                    text.append(line.charAt(at + 1));
                    at += 2;
                }
                case '$' -> expand(text, false);
                case '`' -> throw new UnclearException("The command contains an expansion.");
                case '(', ')' -> throw new UnclearException("The command contains a subshell.");
                case '{', '}' -> throw new UnclearException("The command contains braces.");
                default -> {
                    if (c == '~' && isTilde(start)) {
                        throw new UnclearException("The command names a user's home folder.");
                    }
                    isGlob |= "*?[".indexOf(c) >= 0;
                    text.append(c);
                    at++;
                }
            }
        }
        String raw = line.substring(start, at);
        if (hereEnd != null && raw.indexOf('\n') >= 0) {
            throw new UnclearException("The command contains a here document.");
        }
        boolean isBracket = raw.equals("[") || raw.equals("[[");
        return new Word(text.toString(), raw, isGlob && !isBracket);
    }

    /// Whether bash expands the tilde to something that is not judged: all but `~` and `~/…` at the
    /// start of a word. It also expands after `=` and `:` in some words.
    private boolean isTilde(int start) {
        if (at > start) {
            char before = line.charAt(at - 1);
            return before == '=' || before == ':';
        }
        return at + 1 < line.length() && ("/" + ENDS).indexOf(line.charAt(at + 1)) < 0;
    }

    private void readQuoted(StringBuilder text) throws UnclearException {
        at++;
        while (!isAtEnd() && next() != '"') {
            char c = next();
            if (c == '`') {
                throw new UnclearException("The command contains an expansion in quotes.");
            } else if (c == '$') {
                expand(text, true);
            } else {
                at++;
                if (c == '\\' && !isAtEnd() && "\\\"$`".indexOf(next()) >= 0) {
                    c = next();
                    at++;
                }
                text.append(c);
            }
        }
        if (isAtEnd()) {
            throw new UnclearException("A quote is not closed.");
        }
        at++;
    }

    private void expand(StringBuilder text, boolean isQuoted) throws UnclearException {
        at++;
        Matcher sum = SUM.matcher(line).region(at, line.length());
        Matcher name = NAME.matcher(line).region(at, line.length());
        if (sum.lookingAt()) {
            at = sum.end();
            text.append(valueOf(sum));
            return;
        }
        String value = name.lookingAt() ? variables.get(name.group()) : null;
        // Without quotes, the value is split at blanks, and its patterns are expanded.
        if (value == null || (!isQuoted && !value.matches("[A-Za-z0-9_./+-]+"))) {
            throw new UnclearException("The command contains an expansion.");
        }
        at = name.end();
        text.append(value);
    }

    private static long valueOf(Matcher sum) {
        if (sum.group(4) != null) {
            return Long.parseLong(sum.group(4));
        }
        long left = Long.parseLong(sum.group(1));
        long right = Long.parseLong(sum.group(3));
        return switch (sum.group(2)) {
            case "+" -> left + right;
            case "-" -> left - right;
            default -> left * right;
        };
    }
}
