package dev.oriel.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parses permission rules of clients. A rule is the name of a tool, optionally followed by what it
/// covers in parentheses, for example `Bash(git log:*)`. The text in the parentheses may contain
/// parentheses itself, for example in a shell command. One text may list several rules, separated
/// by commas or whitespace, as the CLI and its SDK accept them.
public final class ToolRules {
    private static final Pattern RULE =
            Pattern.compile("[A-Za-z][A-Za-z0-9_.*-]{0,199}(\\([^\\p{Cntrl}]{0,1000}\\))?");

    private ToolRules() {}

    /// Splits lists of rules.
    ///
    /// @param lists texts with zero or more rules each
    /// @return the rules, one per element
    /// @throws IllegalArgumentException if a text contains anything other than rules; the message
    ///   is for the author of the text
    public static List<String> parse(List<String> lists) {
        List<String> rules = new ArrayList<>();
        lists.forEach(text -> rules.addAll(split(text)));
        return rules;
    }

    /// Parentheses in shell commands need not match, because they may be quoted. Three readings are
    /// tried in this order, and the first that yields only rules is used: all parentheses count,
    /// quoted ones do not count, the whole text is one rule.
    private static List<String> split(String text) {
        for (boolean quotes : new boolean[] {false, true}) {
            List<String> parts = parts(text, quotes);
            if (parts != null && parts.stream().allMatch(ToolRules::isRule)) {
                return parts;
            }
        }
        String whole = text.strip();
        if (!isRule(whole)) {
            throw new IllegalArgumentException("That is not the name of a tool.");
        }
        return List.of(whole);
    }

    private static boolean isRule(String text) {
        return RULE.matcher(text).matches();
    }

    /// @param quotes whether to ignore parentheses in quotes or after a backslash
    /// @return null if the parentheses do not match
    private static @Nullable List<String> parts(String text, boolean quotes) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        char quote = 0;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (depth == 0 && (c == ',' || Character.isWhitespace(c))) {
                add(parts, text.substring(begin, i));
                begin = i + 1;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (quotes && depth > 0 && c == '\\') {
                i++;
            } else if (quotes && depth > 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth < 0) {
                return null;
            }
        }
        add(parts, text.substring(begin));
        return depth == 0 ? parts : null;
    }

    private static void add(List<String> parts, String part) {
        if (!part.isEmpty()) {
            parts.add(part);
        }
    }

    /// Whether the CLI correctly splits a list that contains this rule. The CLI does not count
    /// parentheses: a comma or whitespace separates rules again after the first `)` (observed with
    /// 2.1.112, 2.1.197 and 2.1.332).
    public static boolean isPlain(String rule) {
        int open = rule.indexOf('(');
        return open < 0
                || (rule.indexOf('(', open + 1) < 0 && rule.indexOf(')') == rule.length() - 1);
    }
}
