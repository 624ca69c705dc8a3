package dev.oriel.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Permission rules as clients write them: the name of a tool, or a name with what it covers in
/// parentheses, as `Bash(git log:*)`. What is in the parentheses may hold further ones, as a shell
/// command does. One text may list several rules, with commas or blanks between them, as the CLI
/// and its SDK accept it.
public final class ToolRules {
    private static final Pattern RULE =
            Pattern.compile("[A-Za-z][A-Za-z0-9_.*-]{0,199}(\\([^\\p{Cntrl}]{0,1000}\\))?");

    private ToolRules() {}

    /// Takes lists apart.
    ///
    /// @return one rule each
    /// @throws IllegalArgumentException if there is something else among them; the message is for
    ///   whoever wrote it
    public static List<String> parse(List<String> written) {
        List<String> rules = new ArrayList<>();
        written.forEach(text -> rules.addAll(split(text)));
        return rules;
    }

    /// The parentheses of shell commands need not match: one may stand in quotes. So a text is read
    /// in three ways, and the first one counts that finds nothing but rules.
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

    /// @param quotes whether a parenthesis in quotes or behind a backslash is none
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

    /// Whether the CLI takes a list of rules apart correctly that has this one in it. It does not
    /// count parentheses: the first `)` ends what a comma or blank cannot end (seen with 2.1.112,
    /// 2.1.197 and 2.1.332).
    public static boolean isPlain(String rule) {
        int open = rule.indexOf('(');
        return open < 0
                || (rule.indexOf('(', open + 1) < 0 && rule.indexOf(')') == rule.length() - 1);
    }
}
