package dev.oriel.app.highlight.grammar;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Scope names that contain captured text, such as `entity.name.tag.$1.html`.
final class CapturedNames {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$(\\d+)|\\$\\{(\\d+):/(downcase|upcase)}");

    private CapturedNames() {}

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
        int group = Integer.parseInt(plain ? reference.group(1) : reference.group(2));
        if (2 * group + 1 >= groups.length || groups[2 * group] < 0) {
            return "";
        }
        String text = line.substring(groups[2 * group], groups[2 * group + 1]);
        while (text.startsWith(".")) {
            text = text.substring(1);
        }
        if (plain) {
            return text;
        }
        return reference.group(3).equals("upcase")
                ? text.toUpperCase(Locale.ROOT)
                : text.toLowerCase(Locale.ROOT);
    }
}
