package dev.oriel.account;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// The account that the environment sets, by the variables of Anthropic's own programs:
/// `ANTHROPIC_API_KEY` or `ANTHROPIC_AUTH_TOKEN`, `ANTHROPIC_BASE_URL`, `ANTHROPIC_MODEL` and
/// `ANTHROPIC_CUSTOM_HEADERS` (lines of `NAME: VALUE`).
public final class EnvironmentKeys {
    private EnvironmentKeys() {}

    /// @param variables of a process, or those that a client sends for its prompts
    /// @return null if they set no account, or an address that is not valid
    public static @Nullable FixedAccount find(Map<String, String> variables) {
        String token = value(variables, "ANTHROPIC_AUTH_TOKEN");
        String key = token == null ? value(variables, "ANTHROPIC_API_KEY") : token;
        String address = value(variables, "ANTHROPIC_BASE_URL");
        if (key == null && address == null) {
            return null;
        }
        try {
            URI baseUrl = address == null ? ServerUrl.ANTHROPIC : ServerUrl.parse(address);
            Account.Kind kind = kind(baseUrl);
            if (key == null && kind != Account.Kind.LOCAL) {
                return null;
            }
            SecretText secret = key == null ? null : HeaderRules.key(key);
            Map<String, FixedAccount.SecretSource> headers = headers(variables);
            Map<String, @Nullable String> names = new LinkedHashMap<>();
            headers.keySet().forEach(n -> names.put(n, null));
            Account account =
                    new Account(
                            FixedAccount.ID,
                            "Environment",
                            kind,
                            baseUrl,
                            secret == null
                                    ? Account.Auth.NONE
                                    : token == null ? Account.Auth.API_KEY : Account.Auth.BEARER,
                            names,
                            value(variables, "ANTHROPIC_MODEL"),
                            List.of());
            return new FixedAccount(account, secret == null ? null : () -> secret, headers, false);
        } catch (AccountException e) {
            // The message contains no value.
            LoggerFactory.getLogger(EnvironmentKeys.class)
                    .warn("The account in the environment is not used: {}", e.getMessage());
            return null;
        }
    }

    private static Map<String, FixedAccount.SecretSource> headers(Map<String, String> variables)
            throws AccountException {
        String lines = value(variables, "ANTHROPIC_CUSTOM_HEADERS");
        Map<String, FixedAccount.SecretSource> headers = new LinkedHashMap<>();
        for (String line : lines == null ? List.<String>of() : lines.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String name = line.substring(0, colon).strip();
                String value = line.substring(colon + 1).strip();
                HeaderRules.checkName(name);
                HeaderRules.checkValue(name, value);
                SecretText secret = new SecretText(value);
                headers.put(name, () -> secret);
            }
        }
        return headers;
    }

    private static Account.Kind kind(URI baseUrl) {
        if (ServerUrl.isAnthropic(baseUrl)) {
            return Account.Kind.ANTHROPIC;
        }
        return ServerUrl.isLoopback(baseUrl) ? Account.Kind.LOCAL : Account.Kind.GATEWAY;
    }

    private static @Nullable String value(Map<String, String> variables, String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
