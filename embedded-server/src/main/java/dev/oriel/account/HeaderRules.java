package dev.oriel.account;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Which additional headers and which keys requests can have.
final class HeaderRules {
    static final int MOST = 20;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{1,8192}");
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(auth|key|token|secret|cookie|password|credential).*");

    /// Those that the HTTP client or the account itself sets.
    private static final Set<String> RESERVED =
            Set.of(
                    "host",
                    "connection",
                    "content-length",
                    "content-type",
                    "expect",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "accept-encoding",
                    "x-api-key",
                    "anthropic-version");

    private HeaderRules() {}

    static void checkName(String name) throws AccountException {
        if (!NAME.matcher(name).matches()) {
            throw AccountException.invalid("A header has a name that is not valid.");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw AccountException.invalid("The header %s cannot be set.".formatted(name));
        }
    }

    /// The message does not contain the value.
    static void checkValue(String name, String value) throws AccountException {
        if (!VALUE.matcher(value).matches()) {
            throw AccountException.invalid(
                    "The value of the header %s must be one line of ASCII characters."
                            .formatted(name));
        }
    }

    /// Whether the value of a header is probably a secret.
    static boolean isSecret(String name) {
        return SECRET.matcher(name).matches();
    }

    /// A key without the blanks and line breaks around it that pasting brings.
    ///
    /// @throws AccountException if it cannot be a key; the message does not contain it
    static SecretText key(String text) throws AccountException {
        String key = text.strip();
        if (!key.isEmpty() && !VALUE.matcher(key).matches()) {
            throw AccountException.invalid("The key must be one line of ASCII characters.");
        }
        return new SecretText(key);
    }
}
