package dev.oriel.app.account;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A key as users paste it: with blanks and line breaks around and within it, in quotes, or as a
/// line of a shell or of HTTP.
final class PastedKey {
    private static final int LONGEST = 8_192;

    /// What comes before the key in a line that was copied from elsewhere.
    private static final Pattern LEAD =
            Pattern.compile(
                    "(?:export\\s+|set\\s+|\\$env:)?[A-Z0-9_]*(?:KEY|TOKEN)\\s*=\\s*"
                            + "|x-api-key\\s*:\\s*"
                            + "|(?:authorization\\s*:\\s*)?bearer\\s+",
                    Pattern.CASE_INSENSITIVE);

    private PastedKey() {}

    /// The key alone; empty if there is none.
    static String clean(String pasted) {
        String key = pasted.strip();
        Matcher lead = LEAD.matcher(key);
        if (lead.lookingAt()) {
            key = key.substring(lead.end());
        }
        StringBuilder out = new StringBuilder();
        // A key has no blanks: those within it are where a terminal or a mail broke the line.
        key.codePoints().filter(c -> !isBlank(c)).forEach(out::appendCodePoint);
        key = out.toString();
        if (key.endsWith(";")) {
            key = key.substring(0, key.length() - 1);
        }
        while (key.length() >= 2
                && isQuote(key.charAt(0))
                && isQuote(key.charAt(key.length() - 1))) {
            key = key.substring(1, key.length() - 1);
        }
        return key;
    }

    /// Why a cleaned key cannot be one; empty if it may be one.
    static String problem(String key) {
        if (key.length() > LONGEST) {
            return "This is too long for a key.";
        }
        if (!key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            return "This is not a key: it has characters that no key has.";
        }
        if (key.toLowerCase(Locale.ROOT).matches("https?://.*")) {
            return "This is an address, not a key.";
        }
        return key.chars().allMatch(c -> c == '*' || c == '.') || key.contains("...")
                ? "This is only a part of a key, as it is shown in a list of keys."
                : "";
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT
                || Character.isISOControl(c);
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`' || c == '“' || c == '”';
    }
}
