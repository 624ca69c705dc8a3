package dev.oriel.app.account;

import java.util.List;

/// What was found of programs that run models.
public sealed interface LocalServersState {
    /// Nobody has looked for them.
    record NotSearched() implements LocalServersState {}

    record Searching() implements LocalServersState {}

    /// @param servers may be empty
    record Found(List<LocalModelServer> servers) implements LocalServersState {
        public Found {
            servers = List.copyOf(servers);
        }
    }

    /// @param why a sentence for the user
    record Failed(String why) implements LocalServersState {}
}
