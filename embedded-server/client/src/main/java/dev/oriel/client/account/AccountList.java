package dev.oriel.client.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// The accounts of a server, and where it keeps their keys.
///
/// @param accounts the default one first
/// @param keyStore `os` for the key store of the operating system, `file` for a file that only the
///   owner reads
/// @param keyStoreText where keys are kept, a sentence for the user
public record AccountList(List<AccountInfo> accounts, String keyStore, String keyStoreText) {

    /// Copies the list.
    public AccountList {
        accounts = List.copyOf(accounts);
    }

    /// Parses the reply of `GET /v1/accounts`.
    ///
    /// @param reply `{"accounts", "key_store"}`
    /// @return the accounts
    public static AccountList fromJson(JsonNode reply) {
        List<AccountInfo> accounts = new ArrayList<>();
        reply.path("accounts").forEach(a -> accounts.add(AccountInfo.fromJson(a)));
        JsonNode store = reply.path("key_store");
        return new AccountList(
                accounts, store.path("kind").asText("file"), store.path("text").asText());
    }
}
