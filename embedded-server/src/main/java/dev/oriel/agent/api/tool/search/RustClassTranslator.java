package dev.oriel.agent.api.tool.search;

import java.util.Map;
import java.util.regex.Pattern;

/// Translates a bracketed class of characters of Rust's `regex`, such as `[^a-z[:digit:]]`, to
/// Java's syntax.
final class RustClassTranslator {
    private static final Map<String, String> POSIX =
            Map.ofEntries(
                    Map.entry("alnum", "a-zA-Z0-9"),
                    Map.entry("alpha", "a-zA-Z"),
                    Map.entry("ascii", "\\x00-\\x7F"),
                    Map.entry("blank", "\\x09\\x20"),
                    Map.entry("cntrl", "\\x00-\\x1F\\x7F"),
                    Map.entry("digit", "0-9"),
                    Map.entry("graph", "\\x21-\\x7E"),
                    Map.entry("lower", "a-z"),
                    Map.entry("print", "\\x20-\\x7E"),
                    Map.entry("punct", "\\x21-\\x2F\\x3A-\\x40\\x5B-\\x60\\x7B-\\x7E"),
                    Map.entry("space", "\\x09-\\x0D\\x20"),
                    Map.entry("upper", "A-Z"),
                    Map.entry("word", "0-9A-Za-z_"),
                    Map.entry("xdigit", "0-9A-Fa-f"));

    private final String pattern;
    private final StringBuilder out;
    private final boolean multiline;
    private int at;
    private boolean mayContainNewLine;

    RustClassTranslator(String pattern, int at, StringBuilder out, boolean multiline) {
        this.pattern = pattern;
        this.at = at;
        this.out = out;
        this.multiline = multiline;
    }

    /// @return the position after the class
    int translate() throws SearchRejectedException {
        bracket(0);
        return at;
    }

    /// Whether the class may contain the end of a line. Sometimes true though it does not.
    boolean mayContainNewLine() {
        return mayContainNewLine;
    }

    private void bracket(int depth) throws SearchRejectedException {
        if (depth > 50) {
            throw fail("it is nested too deeply");
        }
        out.append('[');
        at++;
        if (at < pattern.length() && pattern.charAt(at) == '^') {
            mayContainNewLine = true;
            out.append('^');
            at++;
        }
        boolean first = true;
        while (at < pattern.length() && (first || pattern.charAt(at) != ']')) {
            first = false;
            item(depth);
        }
        if (at >= pattern.length()) {
            throw fail("unclosed character class");
        }
        at++;
        out.append(']');
    }

    private void item(int depth) throws SearchRejectedException {
        char c = pattern.charAt(at);
        if (c == '[') {
            if (!posix()) {
                bracket(depth + 1);
            }
        } else if (c == '\\') {
            escape();
        } else if (pattern.startsWith("&&", at)) {
            out.append("&&");
            at += 2;
        } else if (pattern.startsWith("--", at) || pattern.startsWith("~~", at)) {
            throw fail("differences of character classes are not supported");
        } else if (c == '-') {
            boolean range = isRange();
            out.append(range ? "-" : "\\-");
            at++;
        } else {
            int code = pattern.codePointAt(at);
            append(code);
            at += Character.charCount(code);
        }
    }

    /// Whether the hyphen is between two characters.
    private boolean isRange() {
        char before = pattern.charAt(at - 1);
        boolean opens = before == '[' || (before == '^' && pattern.charAt(at - 2) == '[');
        return !opens && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']';
    }

    private boolean posix() throws SearchRejectedException {
        int end = pattern.startsWith("[:", at) ? pattern.indexOf(":]", at) : -1;
        if (end < 0) {
            return false;
        }
        boolean negated = pattern.startsWith("[:^", at);
        String ranges = POSIX.get(pattern.substring(at + (negated ? 3 : 2), end));
        if (ranges == null) {
            throw fail("unrecognized POSIX class");
        }
        mayContainNewLine |= negated || ranges.startsWith("\\x0");
        out.append(negated ? "[^" : "[").append(ranges).append(']');
        at = end + 2;
        return true;
    }

    private void escape() throws SearchRejectedException {
        if (at + 1 >= pattern.length()) {
            throw fail("unclosed character class");
        }
        char c = pattern.charAt(at + 1);
        if ("dDwWsS".indexOf(c) >= 0) {
            mayContainNewLine |= "DWs".indexOf(c) >= 0;
            out.append('\\').append(c);
            at += 2;
        } else if (c == 'p' || c == 'P') {
            mayContainNewLine = true;
            at = property(pattern, at, out);
        } else if ("aftnrv".indexOf(c) >= 0) {
            if (c == 'n' && !multiline) {
                throw fail("the literal \"\\n\" is not allowed unless `multiline` is true");
            }
            append(control(c));
            at += 2;
        } else if (c == 'x' || c == 'u' || c == 'U') {
            int[] end = {at};
            append(codePoint(pattern, end));
            at = end[0];
        } else if (c >= 128 || Character.isLetterOrDigit(c)) {
            throw fail("unrecognized escape sequence");
        } else {
            append(c);
            at += 2;
        }
    }

    private void append(int code) {
        mayContainNewLine |= code <= '\n';
        if (code < 128 && !Character.isLetterOrDigit(code)) {
            out.append(String.format("\\x%02x", code));
        } else {
            out.appendCodePoint(code);
        }
    }

    /// The character of `\n` and the like.
    static int control(char escape) {
        return switch (escape) {
            case 'a' -> 7;
            case 'f' -> 12;
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            default -> 11;
        };
    }

    /// Reads `\x7f`, `\u00e9`, `\U0001f600` or `\x{e9}`.
    ///
    /// @param position of the backslash; is set to the one after the escape
    static int codePoint(String pattern, int[] position) throws SearchRejectedException {
        int at = position[0] + 2;
        String digits;
        if (pattern.startsWith("{", at)) {
            int end = pattern.indexOf('}', at);
            digits = end < 0 ? "" : pattern.substring(at + 1, end);
            position[0] = end + 1;
        } else {
            int length =
                    switch (pattern.charAt(at - 1)) {
                        case 'x' -> 2;
                        case 'u' -> 4;
                        default -> 8;
                    };
            digits = pattern.substring(at, Math.min(pattern.length(), at + length));
            position[0] = at + length;
        }
        if (!digits.matches("[0-9a-fA-F]{1,8}")
                || Long.parseLong(digits, 16) > Character.MAX_CODE_POINT
                || position[0] > pattern.length()) {
            throw RustPattern.rejected(pattern, "invalid hexadecimal escape");
        }
        return Integer.parseInt(digits, 16);
    }

    /// Translates `\pL`, `\p{Greek}` or `\P{Lu}`.
    ///
    /// @return the position after it
    static int property(String pattern, int at, StringBuilder out) throws SearchRejectedException {
        String name;
        int end;
        if (pattern.startsWith("{", at + 2)) {
            end = pattern.indexOf('}', at) + 1;
            name = end == 0 ? "" : pattern.substring(at + 3, end - 1);
        } else {
            end = Math.min(pattern.length(), at + 3);
            name = pattern.substring(at + 2, end);
        }
        boolean negated = pattern.charAt(at + 1) == 'P';
        if (name.startsWith("^")) {
            negated = !negated;
            name = name.substring(1);
        }
        String java = (negated ? "\\P{" : "\\p{") + javaName(name) + "}";
        try {
            Pattern.compile(java);
        } catch (IllegalArgumentException e) {
            throw RustPattern.rejected(pattern, "Unicode property not found");
        }
        out.append(java);
        return end;
    }

    private static String javaName(String name) {
        return switch (name) {
            case "Letter" -> "L";
            case "Lowercase_Letter" -> "Ll";
            case "Uppercase_Letter" -> "Lu";
            case "Number" -> "N";
            case "Punctuation" -> "P";
            case "Symbol" -> "S";
            case "Mark" -> "M";
            case "Separator" -> "Z";
            default ->
                    name.contains("=")
                            ? name.replaceFirst("^(sc|scx|Script_Extensions|Script)=", "script=")
                                    .replaceFirst("^(gc|General_Category)=", "general_category=")
                            : "Is" + name;
        };
    }

    private SearchRejectedException fail(String reason) {
        return RustPattern.rejected(pattern, reason);
    }
}
