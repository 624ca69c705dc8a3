package dev.oriel.client.account;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Requests about a server's accounts of the Messages API. Any thread; nothing blocks. Futures fail
/// with `ClientException`: `forbidden` if the connection to the server is neither local nor
/// encrypted, or the account is read-only, and `unavailable` if the keys cannot be stored.
public interface AccountRequests {
    /// All accounts.
    ///
    /// @return the accounts
    CompletableFuture<AccountList> list();

    /// Adds an account.
    ///
    /// @param draft with its kind
    /// @return the new account
    CompletableFuture<AccountInfo> add(AccountDraft draft);

    /// Changes an account.
    ///
    /// @param id the account
    /// @param draft what is changed
    /// @return the account, changed
    CompletableFuture<AccountInfo> change(String id, AccountDraft draft);

    /// Removes an account and its key.
    ///
    /// @param id the account
    /// @return completes when it was removed
    CompletableFuture<Void> remove(String id);

    /// Tries an account: requests its models and one short answer. Takes up to 20 seconds.
    ///
    /// @param id the account whose key and settings are used; null for those of the draft alone
    /// @param draft what differs from the account
    /// @return what was found
    CompletableFuture<AccountCheck> check(@Nullable String id, AccountDraft draft);

    /// Looks for programs on the server's computer that run models. Takes up to a second.
    ///
    /// @return those that were found
    CompletableFuture<List<LocalServer>> findLocalServers();
}
