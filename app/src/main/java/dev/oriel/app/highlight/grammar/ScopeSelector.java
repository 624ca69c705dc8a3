package dev.oriel.app.highlight.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Selects places in code by the scopes around them, such as `R:text.html - (comment.block, meta)`.
///
/// @param first whether what is selected takes precedence over the rules at that place
/// @param selects whether a list of scopes is selected, the outermost first
record ScopeSelector(boolean first, Predicate<List<String>> selects) {
    private static final Pattern TOKEN = Pattern.compile("[LR]:|[\\w.:*][\\w.:*\\-]*|[,|\\-()]");

    /// @param text one or several selectors, with commas between them
    static ScopeSelector parse(String text) {
        return new ScopeSelector(text.strip().startsWith("L:"), new Parser(text).alternatives());
    }

    private static final class Parser {
        private final List<String> tokens = new ArrayList<>();
        private int at;

        Parser(String text) {
            Matcher m = TOKEN.matcher(text);
            while (m.find()) {
                if (!m.group().endsWith(":")) {
                    tokens.add(m.group());
                }
            }
        }

        private String next() {
            return at < tokens.size() ? tokens.get(at) : "";
        }

        Predicate<List<String>> alternatives() {
            Predicate<List<String>> any = all();
            while (next().equals(",") || next().equals("|")) {
                at++;
                any = any.or(all());
            }
            return any;
        }

        private Predicate<List<String>> all() {
            Predicate<List<String>> all = _ -> true;
            while (at < tokens.size() && !List.of(",", "|", ")").contains(next())) {
                all = all.and(operand());
            }
            return all;
        }

        private Predicate<List<String>> operand() {
            if (next().equals("-")) {
                at++;
                return at < tokens.size() ? operand().negate() : _ -> true;
            }
            if (next().equals("(")) {
                at++;
                Predicate<List<String>> inner = alternatives();
                at++;
                return inner;
            }
            List<String> names = new ArrayList<>();
            while (at < tokens.size() && !List.of(",", "|", "-", "(", ")").contains(next())) {
                names.add(next());
                at++;
            }
            return scopes -> haveInOrder(scopes, names);
        }

        private static boolean haveInOrder(List<String> scopes, List<String> names) {
            int found = 0;
            for (String scope : scopes) {
                if (found < names.size() && matches(scope, names.get(found))) {
                    found++;
                }
            }
            return found == names.size();
        }

        private static boolean matches(String scope, String name) {
            if (name.indexOf('*') < 0) {
                return scope.equals(name) || scope.startsWith(name + ".");
            }
            String[] parts = scope.split("\\.");
            String[] wanted = name.split("\\.");
            for (int i = 0; i < wanted.length; i++) {
                if (i >= parts.length || !(wanted[i].equals("*") || wanted[i].equals(parts[i]))) {
                    return false;
                }
            }
            return true;
        }
    }
}
