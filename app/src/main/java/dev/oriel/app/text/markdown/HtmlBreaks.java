package dev.oriel.app.text.markdown;

import java.util.regex.Pattern;

/// `<br>`, the only HTML element that models often write in Markdown, because Markdown has no other
/// line break in a table.
public final class HtmlBreaks {
    private static final Pattern ONE =
            Pattern.compile("<br(\\s[^<>]*)?/?>", Pattern.CASE_INSENSITIVE);

    /// All parts are possessive, so that neither time nor stack grows with the number of elements.
    private static final Pattern ONLY =
            Pattern.compile("(?:\\s*+<br(?:\\s[^<>]*+)?+/?>)++\\s*+", Pattern.CASE_INSENSITIVE);

    private HtmlBreaks() {}

    /// Whether this is a `<br>`, and no other element whose name starts like it.
    public static boolean isBreak(String html) {
        return ONE.matcher(html).matches();
    }

    /// Whether the text consists of `<br>` elements.
    public static boolean hasOnlyBreaks(String html) {
        return ONLY.matcher(html).matches();
    }
}
