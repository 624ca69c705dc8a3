package dev.oriel.account;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The account that options of the server set. It is the default account, whatever the user has
/// chosen.
public final class OptionAccount {
    private OptionAccount() {}

    /// @param keyFile null for none
    /// @param baseUrl null for Anthropic's own API
    /// @param model null for the server's choice
    /// @param headers files with the values of additional headers, by name
    /// @throws AccountException if an address or a name is not valid
    /// @throws IOException if a file cannot be used; the message is for the user
    public static FixedAccount of(
            @Nullable Path keyFile,
            @Nullable String baseUrl,
            @Nullable String model,
            Map<String, Path> headers)
            throws AccountException, IOException {
        URI address = baseUrl == null ? ServerUrl.ANTHROPIC : ServerUrl.parse(baseUrl);
        Account.Kind kind =
                ServerUrl.isAnthropic(address)
                        ? Account.Kind.ANTHROPIC
                        : ServerUrl.isLoopback(address) ? Account.Kind.LOCAL : Account.Kind.GATEWAY;
        KeyFile key = keyFile == null ? null : new KeyFile(keyFile.toAbsolutePath());
        if (key != null) {
            key.read();
        }
        Map<String, FixedAccount.SecretSource> sources = new LinkedHashMap<>();
        Map<String, @Nullable String> names = new LinkedHashMap<>();
        for (Map.Entry<String, Path> header : headers.entrySet()) {
            HeaderRules.checkName(header.getKey());
            KeyFile file = new KeyFile(header.getValue().toAbsolutePath());
            file.read();
            sources.put(header.getKey(), file);
            names.put(header.getKey(), null);
        }
        Account.Auth auth =
                key == null
                        ? Account.Auth.NONE
                        : kind == Account.Kind.LOCAL ? Account.Auth.BEARER : Account.Auth.API_KEY;
        return new FixedAccount(
                new Account(
                        FixedAccount.ID,
                        kind == Account.Kind.ANTHROPIC ? "Anthropic" : address.getAuthority(),
                        kind,
                        address,
                        auth,
                        names,
                        model,
                        List.of()),
                key,
                sources,
                true);
    }
}
