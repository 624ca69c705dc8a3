package dev.oriel.app.text.markdown;

import java.util.regex.Pattern;

/// `<br>`, the one element of HTML that models write into Markdown for want of another way to say
/// it.
public final class HtmlBreaks {
    private static final Pattern ONE =
            Pattern.compile("<br(\\s[^<>]*)?/?>", Pattern.CASE_INSENSITIVE);
    private static final Pattern ONLY =
            Pattern.compile("(\\s*" + ONE + "\\s*)+", Pattern.CASE_INSENSITIVE);

    private HtmlBreaks() {}

    /// Whether it is one, and no other element whose name begins like it.
    public static boolean isBreak(String html) {
        return ONE.matcher(html).matches();
    }

    /// Whether there is nothing else in it.
    public static boolean hasOnlyBreaks(String html) {
        return ONLY.matcher(html).matches();
    }
}
