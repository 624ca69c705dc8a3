package dev.oriel.app.shell;

import dev.oriel.app.controls.ControlText;
import dev.oriel.client.account.AccountInfo;
import dev.oriel.message.Graphemes;
import java.net.URI;

/// How accounts are named where there is one line for them.
public final class AccountNames {
    /// The longest name in a menu or in the header, UTF-16 units.
    private static final int LONGEST_NAME = 48;

    private AccountNames() {}

    /// The name, short enough for one line.
    public static String name(AccountInfo account) {
        String name = line(account.name());
        return name.isEmpty() ? host(account.baseUrl()) : Graphemes.truncate(name, LONGEST_NAME);
    }

    /// Host and port of an address; the address itself if it has none.
    public static String host(String baseUrl) {
        try {
            String authority = URI.create(baseUrl.strip()).getRawAuthority();
            if (authority != null) {
                // Whoever wrote a password into the address does not want it on the screen.
                return Graphemes.truncate(
                        line(authority.substring(authority.lastIndexOf('@') + 1)), LONGEST_NAME);
            }
        } catch (IllegalArgumentException e) {
            // It is shown as it is.
        }
        return Graphemes.truncate(line(baseUrl), LONGEST_NAME);
    }

    private static String line(String text) {
        return ControlText.singleLine(text).strip();
    }
}
