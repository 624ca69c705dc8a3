package dev.oriel.app.highlight.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The groups of an expression in Oniguruma's syntax that have a number. Group 0 is the whole
/// expression.
final class ExpressionGroups {
    private final String source;

    /// Where the content of each group starts and ends.
    private final List<int[]> groups = new ArrayList<>();

    private final Map<String, Integer> names = new HashMap<>();

    ExpressionGroups(String source) {
        this.source = source;
        groups.add(new int[] {0, source.length()});
        Deque<Integer> open = new ArrayDeque<>();
        int inClass = 0;
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '[') {
                inClass++;
                i += source.startsWith("^]", i + 1) ? 2 : source.startsWith("]", i + 1) ? 1 : 0;
            } else if (c == ']') {
                inClass = Math.max(0, inClass - 1);
            } else if (inClass == 0 && c == '(') {
                open.push(add(i));
            } else if (inClass == 0 && c == ')' && !open.isEmpty()) {
                int group = open.pop();
                if (group > 0) {
                    groups.get(group)[1] = i;
                }
            }
        }
    }

    /// The number of the group that starts here, or 0 if it has none.
    private int add(int i) {
        int content = i + 1;
        if (source.startsWith("?", i + 1)) {
            if (!isNamed(source, i)) {
                return 0;
            }
            content = source.indexOf('>', i) + 1;
            names.put(source.substring(i + 3, content - 1), groups.size());
        }
        groups.add(new int[] {content, source.length()});
        return groups.size() - 1;
    }

    /// Whether a group with a name starts here.
    static boolean isNamed(String source, int at) {
        return source.startsWith("(?<", at)
                && at + 3 < source.length()
                && Character.isLetter(source.charAt(at + 3))
                && source.indexOf('>', at) > 0;
    }

    int count() {
        return groups.size();
    }

    /// The number for a name, or for a number as text; [#count] for an unknown name.
    int number(String name) {
        Integer named = names.get(name);
        if (named != null) {
            return named;
        }
        return name.matches("\\d{1,3}") ? Integer.parseInt(name) : groups.size();
    }

    int start(int group) {
        return groups.get(group)[0];
    }

    int end(int group) {
        return groups.get(group)[1];
    }
}
