package dev.oriel.app.server;

import dev.oriel.client.ConnectionTarget;
import dev.oriel.client.InvalidAddressException;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.client.TokenSource;
import dev.oriel.platform.FutureFailures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Connects to other servers before the window switches to them, one at a time: detects the kind of
/// the server, waits until it has accepted the client, and stores its address and token. Confined
/// to the JavaFX thread.
public final class RemoteConnector {
    private final RemoteServerStore store;
    private final Detector detector;
    private final Connector connector;
    private final Executor fx;

    /// The number of attempts. The result of an earlier attempt is discarded.
    private long attempt;

    /// Detects the kind of the server at an address.
    @FunctionalInterface
    public interface Detector {
        CompletableFuture<ServerKind> detect(ServerAddress server, TokenSource token);
    }

    /// Connects to a server and waits until it has accepted the client; see [TrialConnection].
    @FunctionalInterface
    public interface Connector {
        CompletableFuture<ServerClient> connect(ConnectionTarget server, TokenSource token);
    }

    /// A client that has connected.
    private record Connected(ConnectionTarget target, ServerClient client) {}

    public RemoteConnector(
            RemoteServerStore store, Detector detector, Connector connector, Executor fx) {
        this.store = store;
        this.detector = detector;
        this.connector = connector;
        this.fx = fx;
    }

    /// Cancels the previous attempt and starts another.
    ///
    /// @param addressText the address as the user has entered it
    /// @param token empty for the stored token of this server
    /// @param kind null to detect the kind by the address or the server's first message
    /// @param onError receives one sentence for the user
    /// @param onConnected receives the client and owns it
    void connect(
            String addressText,
            String token,
            @Nullable ServerKind kind,
            Consumer<String> onError,
            BiConsumer<ConnectionTarget, ServerClient> onConnected) {
        cancel();
        ServerAddress address;
        try {
            address = ServerAddress.parse(addressText);
        } catch (InvalidAddressException e) {
            onError.accept(String.valueOf(e.getMessage()));
            return;
        }
        TokenSource credential = () -> token.isBlank() ? store.token(address, kind) : token.strip();
        CompletableFuture<ServerKind> detected =
                kind == null
                        ? detector.detect(address, credential)
                        : CompletableFuture.completedFuture(kind);
        long thisAttempt = attempt;
        detected.thenComposeAsync(k -> connect(k, address, credential), fx)
                .whenCompleteAsync(
                        (connected, failure) -> {
                            if (thisAttempt != attempt) {
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

    /// Stores the server. From here on the attempt cannot be cancelled.
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

    /// Cancels the pending attempt.
    void cancel() {
        attempt++;
    }
}
