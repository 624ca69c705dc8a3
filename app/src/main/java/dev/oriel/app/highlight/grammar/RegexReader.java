package dev.oriel.app.highlight.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/// Reads an expression that [OnigurumaTranslator] wrote, and finds out what is common to all of its
/// matches. Where it does not understand something, nothing is known.
final class RegexReader {
    private static final int MAX_DEPTH = 200;

    /// The largest set of which it is worth knowing that one of its characters must occur.
    private static final int MAX_ONE_OF = 12;

    private static final Part ANYTHING =
            new Part(CharacterSet.ALL, CharacterSet.ALL, LineRequirement.NONE);
    private static final Part EMPTY =
            new Part(CharacterSet.NONE, CharacterSet.ALL, LineRequirement.NONE);

    private final CharacterSet.Classes classes;
    private final String source;
    private int at;
    private boolean ignoreCase;

    /// A part of the expression.
    ///
    /// @param consumed what can be at its start if it matches one character or more
    /// @param ahead what can be at its start if it matches nothing
    private record Part(CharacterSet consumed, CharacterSet ahead, LineRequirement requirement) {
        Part then(Part next) {
            return new Part(
                    consumed.or(ahead.and(next.consumed)),
                    ahead.and(next.ahead),
                    requirement.and(next.requirement));
        }

        static Part character(int c, boolean ignoreCase) {
            CharacterSet set = CharacterSet.of(c);
            if (ignoreCase && c < 128 && Character.isLetter(c)) {
                set = set.or(CharacterSet.of(c ^ 0x20));
            }
            return new Part(set, CharacterSet.NONE, LineRequirement.of(c, ignoreCase));
        }
    }

    private static final class UnknownSyntaxException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnknownSyntaxException() {
            super(null, null, false, false);
        }
    }

    private RegexReader(String source, CharacterSet.Classes classes) {
        this.source = source;
        this.classes = classes;
    }

    /// @param java a valid expression in Java's syntax
    static RegexFacts read(String java, CharacterSet.Classes classes) {
        RegexReader reader = new RegexReader(java, classes);
        try {
            Part whole = reader.alternatives(0);
            return reader.at < java.length()
                    ? RegexFacts.UNKNOWN
                    : new RegexFacts(whole.consumed().or(whole.ahead()), whole.requirement());
        } catch (UnknownSyntaxException | PatternSyntaxException _) {
            return RegexFacts.UNKNOWN;
        }
    }

    private boolean isAt(String text) {
        return source.startsWith(text, at);
    }

    private char next() {
        if (at >= source.length()) {
            throw new UnknownSyntaxException();
        }
        return source.charAt(at++);
    }

    private void skipBrace() {
        while (next() != '}') {
            // The content does not matter.
        }
    }

    private Part alternatives(int depth) {
        if (depth > MAX_DEPTH) {
            throw new UnknownSyntaxException();
        }
        boolean outerCase = ignoreCase;
        Part all = sequence(depth);
        if (isAt("|")) {
            CharacterSet consumed = all.consumed();
            CharacterSet ahead = all.ahead();
            List<LineRequirement> requirements = new ArrayList<>(List.of(all.requirement()));
            while (isAt("|")) {
                at++;
                Part other = sequence(depth);
                consumed = consumed.or(other.consumed());
                ahead = ahead.or(other.ahead());
                requirements.add(other.requirement());
            }
            all = new Part(consumed, ahead, LineRequirement.any(requirements));
        }
        ignoreCase = outerCase;
        return all;
    }

    private Part sequence(int depth) {
        Part all = EMPTY;
        while (at < source.length() && !isAt("|") && !isAt(")")) {
            all = all.then(quantified(atom(depth)));
        }
        return all;
    }

    private Part quantified(Part atom) {
        Part part = atom;
        while (at < source.length() && "*+?{".indexOf(source.charAt(at)) >= 0) {
            char c = next();
            boolean optional = c == '*' || c == '?';
            if (c == '{') {
                optional = isAt("0") || isAt(",");
                skipBrace();
            }
            if (optional) {
                part = new Part(part.consumed(), CharacterSet.ALL, LineRequirement.NONE);
            }
            if (isAt("?") || isAt("+")) {
                at++;
            }
        }
        return part;
    }

    private Part atom(int depth) {
        char c = next();
        return switch (c) {
            case '(' -> group(depth);
            case '[' -> characterClass();
            case '\\' -> escape();
            case '.' -> new Part(CharacterSet.ALL, CharacterSet.NONE, LineRequirement.NONE);
            case '^' -> EMPTY;
            case '$' -> new Part(CharacterSet.NONE, CharacterSet.END_OF_LINE, LineRequirement.NONE);
            default -> {
                int point = source.codePointAt(at - 1);
                at += Character.charCount(point) - 1;
                yield Part.character(point, ignoreCase);
            }
        };
    }

    private Part group(int depth) {
        boolean outerCase = ignoreCase;
        boolean negative = false;
        boolean assertion = false;
        boolean behind = false;
        if (isAt("?<=") || isAt("?<!")) {
            behind = true;
            assertion = true;
            negative = isAt("?<!");
            at += 3;
        } else if (isAt("?=") || isAt("?!")) {
            assertion = true;
            negative = isAt("?!");
            at += 2;
        } else if (isAt("?>")) {
            at += 2;
        } else if (isAt("?")) {
            at++;
            if (flags()) {
                return EMPTY;
            }
        }
        Part inner = alternatives(depth + 1);
        if (next() != ')') {
            throw new UnknownSyntaxException();
        }
        ignoreCase = outerCase;
        if (negative) {
            return EMPTY;
        }
        if (!assertion) {
            return inner;
        }
        return new Part(
                CharacterSet.NONE,
                behind ? CharacterSet.ALL : inner.consumed().or(inner.ahead()),
                inner.requirement());
    }

    /// @return whether they hold for the rest of the surrounding group
    private boolean flags() {
        boolean on = true;
        while (true) {
            switch (next()) {
                case 'i' -> ignoreCase = on;
                case 'm', 's' -> {}
                case '-' -> on = false;
                case ':' -> {
                    return false;
                }
                case ')' -> {
                    return true;
                }
                default -> throw new UnknownSyntaxException();
            }
        }
    }

    private Part characterClass() {
        int start = at - 1;
        for (int depth = 1; depth > 0; ) {
            switch (next()) {
                case '\\' -> next();
                case '[' -> depth++;
                case ']' -> depth--;
                default -> {}
            }
        }
        return ofSet(source.substring(start, at));
    }

    private Part ofSet(String text) {
        CharacterSet set = classes.of(text, ignoreCase);
        boolean few = set.size() <= MAX_ONE_OF && !set.contains('\n') && !set.contains(' ');
        return new Part(
                set, CharacterSet.NONE, few ? LineRequirement.oneOf(set) : LineRequirement.NONE);
    }

    private Part escape() {
        int start = at - 1;
        char c = next();
        switch (c) {
            case 'A', 'G', 'b', 'B' -> {
                return EMPTY;
            }
            case 'Z', 'z' -> {
                return new Part(CharacterSet.NONE, CharacterSet.END_OF_LINE, LineRequirement.NONE);
            }
            case '1', '2', '3', '4', '5', '6', '7', '8', '9', 'R', 'X' -> {
                return ANYTHING;
            }
            case 'p', 'P', 'x' -> {
                if (isAt("{")) {
                    skipBrace();
                } else {
                    at += c == 'x' ? 2 : 1;
                }
            }
            case 'u' -> at += 4;
            case 'c' -> at++;
            default -> {
                if (!Character.isLetterOrDigit(c)) {
                    return Part.character(c, ignoreCase);
                }
            }
        }
        if (at > source.length()) {
            throw new UnknownSyntaxException();
        }
        return ofSet(source.substring(start, at));
    }
}
