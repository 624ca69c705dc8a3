package dev.oriel.agent.api.tool.search;

/// Translates one regular expression of Rust's `regex` to Java's syntax, and finds a text that each
/// match contains.
final class RustRegexTranslator {
    private static final String QUANTIFIERS = "*+?{";
    private static final String CLASS_ESCAPES = "dDwWsS";
    private static final String LITERAL_ESCAPES = "aftnrv";

    private final String pattern;
    private final boolean multiline;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder run = new StringBuilder(); // literal characters in a row
    private String longest = "";
    private int at;
    private int depth;
    private boolean alternates; // at the outermost level
    private boolean inlineFlags;
    private boolean crossesLines;

    RustRegexTranslator(String pattern, boolean multiline) {
        this.pattern = pattern;
        this.multiline = multiline;
    }

    String translate() throws SearchRejectedException {
        if (pattern.indexOf('\0') >= 0) {
            throw fail("it contains a NUL character");
        }
        while (at < pattern.length()) {
            int start = out.length();
            if (!group()) {
                atom();
                quantifiers(start);
            }
        }
        if (depth > 0) {
            throw fail("unclosed group");
        }
        endRun();
        return out.toString();
    }

    String literal() {
        return alternates || inlineFlags ? "" : longest;
    }

    boolean mayCrossLines() {
        return crossesLines;
    }

    /// Reads the start or end of a group, or a `|`.
    private boolean group() throws SearchRejectedException {
        char c = pattern.charAt(at);
        if (c == '(') {
            endRun();
            openGroup();
        } else if (c == ')') {
            if (depth-- == 0) {
                throw fail("unopened group");
            }
            at++;
            out.append(')');
            // A quantifier of the group is attached as it is: nested ones after groups are rare.
            groupQuantifier();
        } else if (c == '|') {
            endRun();
            alternates |= depth == 0;
            at++;
            out.append('|');
        } else {
            return false;
        }
        return true;
    }

    private void openGroup() throws SearchRejectedException {
        depth++;
        if (!pattern.startsWith("(?", at)) {
            at++;
            out.append('(');
        } else if (pattern.startsWith("(?=", at)
                || pattern.startsWith("(?!", at)
                || pattern.startsWith("(?<=", at)
                || pattern.startsWith("(?<!", at)) {
            throw fail("look-around, including look-ahead and look-behind, is not supported");
        } else if (pattern.startsWith("(?P<", at) || pattern.startsWith("(?<", at)) {
            int end = pattern.indexOf('>', at);
            if (end < 0) {
                throw fail("unclosed group name");
            }
            at = end + 1;
            out.append('('); // Java's names have fewer characters, and nothing refers to them
        } else {
            flags();
        }
    }

    private void flags() throws SearchRejectedException {
        StringBuilder kept = new StringBuilder();
        int p = at + 2;
        for (; p < pattern.length() && ":)".indexOf(pattern.charAt(p)) < 0; p++) {
            char flag = pattern.charAt(p);
            if ("ims-".indexOf(flag) >= 0) {
                kept.append(flag);
            } else if ("uR".indexOf(flag) < 0) {
                throw fail("the flag " + flag + " is not supported");
            }
        }
        if (p >= pattern.length()) {
            throw fail("unclosed group");
        }
        boolean group = pattern.charAt(p) == ':';
        inlineFlags |= kept.length() > 0;
        crossesLines |= kept.indexOf("s") >= 0;
        String flags = kept.toString().equals("-") ? "" : kept.toString();
        at = p + 1;
        if (group) {
            out.append("(?").append(flags).append(':');
        } else {
            depth--;
            if (!flags.isEmpty()) {
                out.append("(?").append(flags).append(')');
            }
        }
    }

    private void groupQuantifier() throws SearchRejectedException {
        if (at < pattern.length() && QUANTIFIERS.indexOf(pattern.charAt(at)) >= 0) {
            out.append(quantifier());
            if (at < pattern.length() && QUANTIFIERS.indexOf(pattern.charAt(at)) >= 0) {
                throw fail("a repetition of a repetition needs a group");
            }
        }
    }

    private void atom() throws SearchRejectedException {
        char c = pattern.charAt(at);
        switch (c) {
            case '\\' -> escape();
            case '[' -> {
                endRun();
                var set = new RustClassTranslator(pattern, at, out, multiline);
                at = set.translate();
                crossesLines |= set.mayContainNewLine();
            }
            case '.', '^', '$' -> {
                endRun();
                out.append(c);
                at++;
            }
            case '*', '+', '?', '{' -> throw fail("repetition operator missing expression");
            default -> {
                newLine(c == '\n');
                literal(pattern.codePointAt(at));
                at += Character.charCount(pattern.codePointAt(at));
            }
        }
    }

    private void escape() throws SearchRejectedException {
        if (at + 1 >= pattern.length()) {
            throw fail("incomplete escape sequence, reached end of pattern prematurely");
        }
        char c = pattern.charAt(at + 1);
        if (c >= '1' && c <= '9') {
            throw fail("backreferences are not supported");
        }
        if (CLASS_ESCAPES.indexOf(c) >= 0 || c == 'b' || c == 'B' || c == 'A' || c == 'z') {
            endRun();
            crossesLines |= "DWs".indexOf(c) >= 0;
            out.append('\\').append(c);
            at += 2;
        } else if (c == 'p' || c == 'P') {
            endRun();
            crossesLines = true;
            at = RustClassTranslator.property(pattern, at, out);
        } else if (LITERAL_ESCAPES.indexOf(c) >= 0) {
            newLine(c == 'n');
            literal(RustClassTranslator.control(c));
            at += 2;
        } else if (c == 'x' || c == 'u' || c == 'U') {
            int[] end = {at};
            int code = RustClassTranslator.codePoint(pattern, end);
            newLine(code == '\n');
            literal(code);
            at = end[0];
        } else if (c >= 128 || Character.isLetterOrDigit(c)) {
            throw fail("unrecognized escape sequence");
        } else {
            literal(c);
            at += 2;
        }
    }

    private void newLine(boolean is) throws SearchRejectedException {
        crossesLines |= is;
        if (is && !multiline) {
            throw fail("the literal \"\\n\" is not allowed unless `multiline` is true");
        }
    }

    private void literal(int code) {
        if (depth == 0) {
            run.appendCodePoint(code);
        }
        String text = Character.toString(code);
        boolean plain = code >= 128 || Character.isLetterOrDigit(code);
        out.append(plain ? text : "\\" + text);
    }

    /// Reads the quantifiers of the atom that starts at a position of the output. Rust has no
    /// possessive ones: `a++` is `(?:a+)+`.
    private void quantifiers(int start) throws SearchRejectedException {
        boolean first = true;
        while (at < pattern.length() && QUANTIFIERS.indexOf(pattern.charAt(at)) >= 0) {
            if (first && !run.isEmpty()) {
                run.setLength(run.offsetByCodePoints(run.length(), -1));
            }
            endRun();
            if (!first) {
                out.insert(start, "(?:").append(')');
            }
            out.append(quantifier());
            first = false;
        }
    }

    private String quantifier() throws SearchRejectedException {
        int start = at;
        if (pattern.charAt(at) == '{') {
            int end = pattern.indexOf('}', at);
            String range = end < 0 ? "" : pattern.substring(at + 1, end).replace(" ", "");
            if (!range.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
                throw fail(
                        "repetition quantifier expects a valid decimal"
                                + " (write \\{ for a literal brace)");
            }
            at = end + 1;
        } else {
            at++;
        }
        if (at < pattern.length() && pattern.charAt(at) == '?') {
            at++;
        }
        return pattern.substring(start, at).replace(" ", "");
    }

    private void endRun() {
        if (run.length() > longest.length()) {
            longest = run.toString();
        }
        run.setLength(0);
    }

    private SearchRejectedException fail(String reason) {
        return RustPattern.rejected(pattern, reason);
    }
}
