package dev.oriel.client.connect;

import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.client.TokenSource;
import dev.oriel.client.compat.CompatClient;
import dev.oriel.client.compat.EnhancedAdapter;
import dev.oriel.client.compat.ManagerAdapter;
import dev.oriel.client.compat.OneshotAdapter;
import dev.oriel.client.compat.ProtocolAdapter;
import dev.oriel.client.compat.RelayAdapter;
import dev.oriel.client.sessions.SessionsClient;
import dev.oriel.client.transport.Transport;

/// Makes the client that a kind of server needs.
public final class ServerClients {
    private ServerClients() {}

    /// Makes a client; it connects when somebody listens to its feed or opens a session.
    ///
    /// @param server for a kind with one socket the whole address of that socket; where it names no
    ///   path, its system's usual one
    /// @param outbox where prompts wait
    /// @param over proxy and certificates
    public static ServerClient create(
            ServerKind kind,
            ServerAddress server,
            TokenSource token,
            PromptOutbox outbox,
            Transport over) {
        return create(kind, server, token, kind.reconnectPolicy(), outbox, over);
    }

    public static ServerClient create(
            ServerKind kind,
            ServerAddress server,
            TokenSource token,
            ReconnectPolicy rules,
            PromptOutbox outbox,
            Transport over) {
        ProtocolAdapter tongue =
                switch (kind) {
                    case NATIVE -> null;
                    case ENHANCED -> new EnhancedAdapter();
                    case RELAY -> new RelayAdapter();
                    case ONESHOT -> new OneshotAdapter();
                    case MANAGER -> new ManagerAdapter();
                };
        return tongue == null
                ? new SessionsClient(server, token, rules, outbox, over)
                : new CompatClient(
                        kind,
                        tongue,
                        server.withDefaultPath(kind.defaultPath()),
                        token,
                        rules,
                        outbox,
                        over);
    }
}
