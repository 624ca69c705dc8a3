package dev.oriel.app.highlight.grammar;

import java.util.ArrayDeque;
import java.util.Deque;

/// Translates a regular expression from the syntax of Oniguruma, in which grammars are written, to
/// that of `java.util.regex`.
///
/// Two things are approximated: a look-behind looks at most [#LOOK_BEHIND] characters back for each
/// repetition, and a group that calls itself does so at most [#MAX_CALLS] levels deep.
///
/// Syntax of Oniguruma: <https://github.com/kkos/oniguruma/blob/master/doc/RE>.
final class OnigurumaTranslator {
    private static final int LOOK_BEHIND = 32;
    private static final int MAX_CALLS = 2;
    private static final int MAX_LENGTH = 40_000;
    private static final String NEVER = "(?!)";

    /// Alternatives that match nothing, from the grammars of C and C++, in which they stand between
    /// all words. Several of them match at the same place; without an atomic group, what follows is
    /// tried again for each.
    private static final String EDGES = "(?<=\\W)|(?=\\W)|^";

    private final String source;
    private final boolean atStart;
    private final boolean atAnchor;

    private final ExpressionGroups groups;
    private final StringBuilder out = new StringBuilder();

    private int at;
    private int end;
    private int calls;

    /// Where the last atom starts in the output; a second quantifier encloses it in a group.
    private int atom;

    private boolean quantified;

    private record Open(int atom, boolean lookBehind, String closing) {}

    private final Deque<Open> open = new ArrayDeque<>();

    private OnigurumaTranslator(String source, boolean atStart, boolean atAnchor) {
        this.source = source;
        this.groups = new ExpressionGroups(source);
        this.atStart = atStart;
        this.atAnchor = atAnchor;
    }

    /// @param atStart whether `\A` can match
    /// @param atAnchor whether `\G` can match
    static String toJava(String source, boolean atStart, boolean atAnchor) {
        OnigurumaTranslator translator = new OnigurumaTranslator(source, atStart, atAnchor);
        translator.translate(0, source.length());
        return translator.out.toString().replace("|" + EDGES + "|", "|(?>" + EDGES + ")|");
    }

    private void translate(int from, int to) {
        at = from;
        end = to;
        atom = out.length();
        while (at < end) {
            char c = source.charAt(at);
            switch (c) {
                case '\\' -> {
                    startAtom();
                    escape();
                }
                case '[' -> {
                    startAtom();
                    CharacterClassTranslator set = new CharacterClassTranslator(source, at);
                    out.append(set.toJava());
                    at = set.end();
                }
                case '(' -> openGroup();
                case ')' -> closeGroup();
                case '*', '+', '?' -> quantifier(String.valueOf(c), 1);
                case '{' -> interval();
                case '|' -> {
                    out.append(c);
                    at++;
                    startAtom();
                }
                default -> {
                    startAtom();
                    out.appendCodePoint(source.codePointAt(at));
                    at += Character.charCount(source.codePointAt(at));
                }
            }
        }
    }

    private void startAtom() {
        atom = out.length();
        quantified = false;
    }

    private boolean inLookBehind() {
        return open.stream().anyMatch(Open::lookBehind);
    }

    private void openGroup() {
        int start = out.length();
        String closing = ")";
        boolean lookBehind = false;
        if (source.startsWith("(?#", at)) {
            at = source.indexOf(')', at) + 1;
            return;
        } else if (source.startsWith("(?~", at)) {
            out.append("(?:(?!");
            closing = ")[\\s\\S])*";
            at += 3;
        } else if (ExpressionGroups.isNamed(source, at)) {
            out.append(calls > 0 ? "(?:" : "(");
            at = source.indexOf('>', at) + 1;
        } else if (source.startsWith("(?", at)) {
            lookBehind = source.startsWith("(?<=", at) || source.startsWith("(?<!", at);
            int kind = at + 2;
            at = Math.min(end, kind + (lookBehind ? 2 : 1));
            while (at < end && source.charAt(at - 1) != ':' && isFlag(source.charAt(at - 1))) {
                at++;
            }
            String head = source.substring(kind, at);
            // The flag with which the dot matches line breaks has another name.
            boolean flags = !head.isEmpty() && isFlag(head.charAt(0));
            out.append("(?").append(flags ? head.replace('m', 's') : head);
            if (head.endsWith(")")) {
                startAtom();
                return;
            }
        } else {
            out.append(calls > 0 ? "(?:" : "(");
            at++;
        }
        open.push(new Open(start, lookBehind, closing));
        startAtom();
    }

    private static boolean isFlag(char c) {
        return "imx-".indexOf(c) >= 0;
    }

    private void closeGroup() {
        at++;
        if (open.isEmpty()) {
            out.append("\\)");
            return;
        }
        Open group = open.pop();
        out.append(group.closing());
        atom = group.atom();
        quantified = false;
    }

    private void interval() {
        int close = source.indexOf('}', at);
        String bounds = close < 0 || close >= end ? "" : source.substring(at + 1, close);
        if (!bounds.matches("\\d{1,4}|\\d{1,4},\\d{0,4}|,\\d{1,4}")) {
            startAtom();
            out.append("\\{");
            at++;
            return;
        }
        int comma = bounds.indexOf(',');
        if (comma > 0 && comma < bounds.length() - 1) {
            int one = Integer.parseInt(bounds.substring(0, comma));
            int other = Integer.parseInt(bounds.substring(comma + 1));
            bounds = Math.min(one, other) + "," + Math.max(one, other);
        }
        quantifier("{" + (comma == 0 ? "0" : "") + bounds + "}", close + 1 - at);
    }

    private void quantifier(String text, int length) {
        at += length;
        String bounded = text;
        if (inLookBehind()) {
            bounded =
                    switch (text) {
                        case "*" -> "{0," + LOOK_BEHIND + "}";
                        case "+" -> "{1," + LOOK_BEHIND + "}";
                        default ->
                                text.endsWith(",}")
                                        ? text.substring(0, text.length() - 1) + LOOK_BEHIND + "}"
                                        : text;
                    };
        }
        if (quantified) {
            out.insert(atom, "(?:").append(')');
        }
        out.append(bounded);
        quantified = true;
        // After an interval, a plus repeats it; only after the others it makes them possessive.
        boolean suffix = at < end && (source.charAt(at) == '?' || source.charAt(at) == '+');
        if (suffix && !(text.startsWith("{") && source.charAt(at) == '+')) {
            out.append(source.charAt(at));
            at++;
        }
    }

    private void escape() {
        if (at + 1 >= end) {
            out.append("\\\\");
            at = end;
            return;
        }
        char c = source.charAt(at + 1);
        at += 2;
        switch (c) {
            case 'A' -> out.append(atStart ? "\\A" : NEVER);
            case 'G' -> out.append(atAnchor ? "\\G" : NEVER);
            case 'z' -> out.append("(?:$(?!\\n)(?<!\\n))");
            case 'K', 'y', 'Y' -> out.append("(?:)");
            case 'N' -> out.append("[^\\n]");
            case 'O' -> out.append("[\\s\\S]");
            case 'R', 'X', 'Z', 'B', 'b' -> out.append('\\').append(c);
            case 'g' -> call();
            case 'k' -> out.append('\\').append(groups.number(name())).append("(?:)");
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> out.append('\\').append(c);
            default -> {
                CharacterClassTranslator set = new CharacterClassTranslator(source, at - 2);
                String java = set.escape();
                // Two properties in the place of one.
                out.append(java.indexOf("}\\p{") > 0 ? "[" + java + "]" : java);
                at = set.end();
            }
        }
    }

    /// The name in angle brackets, which follows.
    private String name() {
        int close = source.indexOf('>', at);
        if (close < 0 || source.charAt(at) != '<') {
            return "";
        }
        String name = source.substring(at + 1, close);
        at = close + 1;
        return name;
    }

    /// Writes the content of the called group in place of the call.
    private void call() {
        int group = groups.number(name());
        if (group >= groups.count() || calls >= MAX_CALLS || out.length() > MAX_LENGTH) {
            out.append(NEVER);
            return;
        }
        int returnTo = at;
        int returnEnd = end;
        int start = out.length();
        Deque<Open> outer = new ArrayDeque<>(open);
        calls++;
        out.append("(?:");
        translate(groups.start(group), groups.end(group));
        out.append(')');
        calls--;
        open.clear();
        open.addAll(outer);
        at = returnTo;
        end = returnEnd;
        atom = start;
        quantified = false;
    }
}
