package dev.oriel.account;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/// Removes secrets from text of a server before it is shown, logged or stored.
public final class Redaction {
    /// Forms of keys, also with the middle left out, as some servers quote them.
    private static final Pattern KEYS =
            Pattern.compile("\\b(sk|pk|key|gsk|xai)-[A-Za-z0-9_*.\\-]{4,}|(?i)bearer +[^\\s\"']+");

    private static final int SHORTEST = 6;

    private Redaction() {}

    /// @param secrets those that are known
    public static String redact(String text, Collection<SecretText> secrets) {
        String clean = text;
        for (SecretText secret : secrets) {
            if (secret.reveal().length() >= SHORTEST) {
                clean = clean.replace(secret.reveal(), "…");
            }
        }
        return KEYS.matcher(clean).replaceAll("…");
    }

    /// Removes everything that has the form of a key.
    public static String redact(String text) {
        return redact(text, List.of());
    }
}
