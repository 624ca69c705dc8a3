package dev.oriel.client;

/// Makes the client that a kind of server needs.
public final class Remotes {
    private Remotes() {}

    /// Makes a client; it connects when somebody listens to its feed or opens a session.
    ///
    /// @param server for a kind with one socket the whole address of that socket; where it names no
    ///   path, its system's usual one
    /// @param outbox where prompts wait
    /// @param over proxy and certificates
    public static Remote of(
            Kind kind, ServerAddress server, TokenSource token, Outbox outbox, Transport over) {
        return of(kind, server, token, kind.rules(), outbox, over);
    }

    static Remote of(
            Kind kind,
            ServerAddress server,
            TokenSource token,
            ReconnectRules rules,
            Outbox outbox,
            Transport over) {
        Tongue tongue =
                switch (kind) {
                    case NATIVE -> null;
                    case ENHANCED -> new EnhancedTongue();
                    case RELAY -> new RelayTongue();
                    case ONESHOT -> new OneshotTongue();
                    case MANAGER -> new ManagerTongue();
                };
        return tongue == null
                ? new SessionsClient(server, token, rules, outbox, over)
                : new ForeignClient(
                        kind, tongue, server.orAt(kind.usualPath()), token, rules, outbox, over);
    }
}
