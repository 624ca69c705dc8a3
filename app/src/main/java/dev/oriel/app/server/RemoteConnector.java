package dev.oriel.app.server;

import dev.oriel.client.ConnectionTarget;
import dev.oriel.platform.FutureFailures;
import dev.oriel.client.InvalidAddressException;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.client.TokenSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Connects to servers that the window does not show yet, one at a time: finds out the kind of the
/// server, waits for its reply, and saves its address and token. Belongs to the JavaFX thread.
public final class RemoteConnector {
    private final RemoteServerStore store;
    private final Detector detector;
    private final Connector connector;
    private final Executor fx;

    /// Counts the attempts; the result of an earlier one is not used.
    private long attempt;

    /// Finds out what kind of server is at an address.
    @FunctionalInterface
    public interface Detector {
        CompletableFuture<ServerKind> detect(ServerAddress server, TokenSource token);
    }

    /// Connects to a server, and waits for its reply; see [TrialConnection].
    @FunctionalInterface
    public interface Connector {
        CompletableFuture<ServerClient> connect(ConnectionTarget server, TokenSource token);
    }

    /// A server that has replied.
    private record Connected(ConnectionTarget target, ServerClient client) {}

    public RemoteConnector(
            RemoteServerStore store, Detector detector, Connector connector, Executor fx) {
        this.store = store;
        this.detector = detector;
        this.connector = connector;
        this.fx = fx;
    }

    /// Cancels the attempt before, and starts another.
    ///
    /// @param typed the address as the user typed it
    /// @param token empty for the token that is saved for this server
    /// @param kind null to find out by the address, or by what the server sends first
    /// @param onError receives one sentence for the user
    /// @param onConnected receives the client, and closes it
    void connect(
            String typed,
            String token,
            @Nullable ServerKind kind,
            Consumer<String> onError,
            BiConsumer<ConnectionTarget, ServerClient> onConnected) {
        cancel();
        ServerAddress address;
        try {
            address = ServerAddress.parse(typed);
        } catch (InvalidAddressException e) {
            onError.accept(String.valueOf(e.getMessage()));
            return;
        }
        TokenSource credential = () -> token.isBlank() ? store.token(address, kind) : token.strip();
        CompletableFuture<ServerKind> detected =
                kind == null
                        ? detector.detect(address, credential)
                        : CompletableFuture.completedFuture(kind);
        long mine = attempt;
        detected.thenComposeAsync(found -> connect(found, address, credential), fx)
                .whenCompleteAsync(
                        (connected, failure) -> {
                            if (mine != attempt) {
                                // Cancelled, or replaced by another attempt.
                                if (connected != null) {
                                    connected.client.close();
                                }
                            } else if (connected == null) {
                                onError.accept(address + ": " + FutureFailures.message(failure));
                            } else {
                                save(connected, credential, onError, onConnected);
                            }
                        },
                        fx);
    }

    private CompletableFuture<Connected> connect(
            ServerKind kind, ServerAddress address, TokenSource credential) {
        ConnectionTarget target = new ConnectionTarget(kind, address);
        return connector
                .connect(target, credential)
                .thenApply(client -> new Connected(target, client));
    }

    /// From here on the attempt can no longer be cancelled.
    private void save(
            Connected connected,
            TokenSource credential,
            Consumer<String> onError,
            BiConsumer<ConnectionTarget, ServerClient> onConnected) {
        store.save(connected.target, credential)
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (failure == null) {
                                onConnected.accept(connected.target, connected.client);
                            } else {
                                connected.client.close();
                                onError.accept("The address and the token could not be saved.");
                            }
                        },
                        fx);
    }

    /// Gives up an attempt that is under way.
    void cancel() {
        attempt++;
    }
}
