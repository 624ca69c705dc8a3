package dev.oriel.account;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The accounts that sessions can use. Thread-safe.
public interface Accounts {
    /// All accounts, the default one first. Reads at most one small file; no key store.
    List<Account> list();

    /// @param id null for the default account
    /// @return null if there is none
    default @Nullable Account find(@Nullable String id) {
        List<Account> all = list();
        return id == null
                ? (all.isEmpty() ? null : all.getFirst())
                : all.stream().filter(a -> a.id().equals(id)).findFirst().orElse(null);
    }

    /// The account's key. May ask the operating system's key store and block.
    ///
    /// @return null if the account has none
    /// @throws IOException if the store cannot be read; the message is for the user
    @Nullable SecretText key(Account account) throws IOException;

    /// The values of the account's secret headers, by name. May block.
    Map<String, SecretText> secretHeaders(Account account) throws IOException;

    /// Stores that the account's server lacks a feature.
    void addLack(Account account, String feature);
}
