package dev.oriel.client.connect;

import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.client.TokenSource;
import dev.oriel.client.compat.CompatClient;
import dev.oriel.client.sessions.SessionsClient;
import dev.oriel.client.transport.Transport;

/// Creates clients of any kind of server.
public final class ServerClients {
    private ServerClients() {}

    /// Creates a client that reconnects as its kind usually does. It connects with the first
    /// subscription.
    ///
    /// @param kind the kind of the server
    /// @param server for a kind with one socket the whole address of that socket; if it has no
    ///   path, the usual one of the kind is added
    /// @param token read for every connection and request
    /// @param outbox where prompts wait until they are sent and confirmed
    /// @param transport proxy and certificates
    /// @return a client; the caller closes it
    public static ServerClient create(
            ServerKind kind,
            ServerAddress server,
            TokenSource token,
            PromptOutbox outbox,
            Transport transport) {
        return create(kind, server, token, kind.reconnectPolicy(), outbox, transport);
    }

    /// Creates a client that reconnects by the given policy. It connects with the first
    /// subscription.
    ///
    /// @param kind the kind of the server
    /// @param server for a kind with one socket the whole address of that socket; if it has no
    ///   path, the usual one of the kind is added
    /// @param token read for every connection and request
    /// @param policy when and how often it reconnects
    /// @param outbox where prompts wait until they are sent and confirmed
    /// @param transport proxy and certificates
    /// @return a client; the caller closes it
    public static ServerClient create(
            ServerKind kind,
            ServerAddress server,
            TokenSource token,
            ReconnectPolicy policy,
            PromptOutbox outbox,
            Transport transport) {
        return switch (kind) {
            case NATIVE -> new SessionsClient(server, token, policy, outbox, transport);
            case ENHANCED, RELAY, ONESHOT, MANAGER ->
                    CompatClient.create(
                            kind,
                            server.withDefaultPath(kind.defaultPath()),
                            token,
                            policy,
                            outbox,
                            transport);
        };
    }
}
