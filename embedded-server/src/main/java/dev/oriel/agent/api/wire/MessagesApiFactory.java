package dev.oriel.agent.api.wire;

import dev.oriel.account.Account;
import dev.oriel.account.Accounts;
import java.io.IOException;

/// Opens connections to the servers of accounts. Thread-safe.
@FunctionalInterface
public interface MessagesApiFactory {
    /// Prepares requests with an account. May read the key store and block; requests nothing.
    ///
    /// @param accounts has the account's key, and is told what its server lacks
    /// @throws IOException if the key cannot be read; the message is for the user
    MessagesApi open(Account account, Accounts accounts) throws IOException;
}
