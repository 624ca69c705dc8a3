package dev.oriel.app.highlight.grammar;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Captured text in scope names, such as `entity.name.tag.$1.html`, and in expressions.
final class CapturedText {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$(\\d+)|\\$\\{(\\d+):/(downcase|upcase)}");

    private static final Pattern BACK_REFERENCE = Pattern.compile("\\\\(\\d+)");

    /// The longest text in a name; a line of code can be one word.
    private static final int MAX_NAME = 60;

    private CapturedText() {}

    /// The expression with the text of the groups to which it refers.
    ///
    /// @param groups start and end of each group in the line
    static String fillRegex(String source, CharSequence line, int[] groups) {
        return BACK_REFERENCE
                .matcher(source)
                .replaceAll(m ->
                        Matcher.quoteReplacement(
                                group(m.group(1), line.toString(), groups)
                                        .replaceAll("[\\-\\\\{}*+?|^$.,\\[\\]()#\\s]", "\\\\$0")));
    }

    private static String group(String number, String line, int[] groups) {
        int group = Integer.parseInt(number);
        return 2 * group + 1 < groups.length && groups[2 * group] >= 0
                ? line.substring(groups[2 * group], groups[2 * group + 1])
                : "";
    }

    /// The name with the text of its groups.
    ///
    /// @param groups start and end of each group in the line
    static @Nullable String fill(@Nullable String name, CharSequence line, int[] groups) {
        if (name == null || name.indexOf('$') < 0) {
            return name;
        }
        return REFERENCE
                .matcher(name)
                .replaceAll(m -> Matcher.quoteReplacement(text(m, line.toString(), groups)));
    }

    private static String text(java.util.regex.MatchResult reference, String line, int[] groups) {
        boolean plain = reference.group(1) != null;
        String text = group(reference.group(plain ? 1 : 2), line, groups);
        while (text.startsWith(".")) {
            text = text.substring(1);
        }
        text = text.substring(0, Math.min(text.length(), MAX_NAME));
        if (plain) {
            return text;
        }
        return reference.group(3).equals("upcase")
                ? text.toUpperCase(Locale.ROOT)
                : text.toLowerCase(Locale.ROOT);
    }
}
