package dev.oriel.app.account;

import dev.oriel.client.account.AccountList;

/// What the window knows about the accounts of its server.
public sealed interface AccountsState {
    /// They were not asked for.
    record Unknown() implements AccountsState {}

    /// The server is being asked for the first time.
    record Loading() implements AccountsState {}

    /// The server has none, or they cannot be read.
    ///
    /// @param why a sentence for the user
    record Unavailable(String why) implements AccountsState {}

    /// @param list the default account first
    record Known(AccountList list) implements AccountsState {}
}
