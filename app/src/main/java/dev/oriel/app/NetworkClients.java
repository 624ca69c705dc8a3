package dev.oriel.app;

import dev.oriel.app.server.TrialConnection;
import dev.oriel.app.settings.NetworkSettings;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.client.ConnectionTarget;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.client.TokenSource;
import dev.oriel.client.connect.ServerClients;
import dev.oriel.client.connect.ServerDetection;
import dev.oriel.client.transport.Transport;
import dev.oriel.client.transport.TransportException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Creates the clients of servers, with the proxy and certificates that are set. Belongs to the
/// JavaFX thread; files are read on other threads.
///
/// All futures fail with [TransportException] if proxy or certificates cannot be used.
final class NetworkClients {
    private final SettingsViewModel settings;
    private final PromptOutbox outbox;

    NetworkClients(SettingsViewModel settings, PromptOutbox outbox) {
        this.settings = settings;
        this.outbox = outbox;
    }

    CompletableFuture<ServerClient> create(ConnectionTarget server, TokenSource token) {
        return transport(server.address())
                .thenApply(transport ->
                        ServerClients.create(
                                server.kind(), server.address(), token, outbox, transport));
    }

    /// Finds out what kind of server is at an address; see [ServerDetection].
    CompletableFuture<ServerKind> detect(ServerAddress server, TokenSource token) {
        return transport(server)
                .thenCompose(transport -> ServerDetection.detect(server, token, transport));
    }

    /// Creates the client of a server, and waits for its reply; see [TrialConnection].
    CompletableFuture<ServerClient> connect(ConnectionTarget server, TokenSource token) {
        return create(server, token).thenCompose(TrialConnection::connect);
    }

    /// A server on this computer is reached directly.
    private CompletableFuture<Transport> transport(ServerAddress server) {
        if (server.isLoopback() && server.base().getScheme().equals("http")) {
            return CompletableFuture.completedFuture(Transport.plaintext());
        }
        NetworkSettings network = settings.current().network();
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return network.transport();
                    } catch (TransportException e) {
                        throw new CompletionException(e);
                    }
                },
                Thread::startVirtualThread);
    }
}
