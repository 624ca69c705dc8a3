package dev.oriel.app.server;

import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.FeedListener;
import dev.oriel.client.FeedSubscription;
import dev.oriel.client.ServerClient;
import dev.oriel.client.SessionInfo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits until a client is connected and authenticated, so that the window switches only to a
/// server that is reachable and accepts the user. Callbacks are thread-safe.
public final class TrialConnection implements FeedListener {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final CompletableFuture<Void> live = new CompletableFuture<>();

    private TrialConnection() {}

    /// Connects a client. Times out after 20 seconds.
    ///
    /// @param remote a client that has not connected yet; closed if the connection fails
    /// @return completes with `remote` when the server has accepted it; fails with
    ///   [ClientException], whose message is one sentence for the user. Cancelling it closes
    ///   `remote`
    public static CompletableFuture<ServerClient> connect(ServerClient remote) {
        TrialConnection trial = new TrialConnection();
        FeedSubscription feed = remote.subscribeFeed(trial);
        CompletableFuture<ServerClient> connected =
                trial.live
                        .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                        .handle((_, failure) -> {
                            feed.close();
                            if (failure != null) {
                                throw new CompletionException(reason(failure));
                            }
                            return remote;
                        });
        connected.whenComplete((_, failure) -> {
            if (failure != null) {
                remote.close();
            }
        });
        return connected;
    }

    private static ClientException reason(Throwable failure) {
        return switch (failure) {
            case ClientException e -> e;
            case TimeoutException _ ->
                    new ClientException("unreachable", "The server did not answer in time.");
            default -> new ClientException("unreachable", String.valueOf(failure.getMessage()));
        };
    }

    @Override
    public void onStatus(ConnectionStatus state) {
        switch (state) {
            case ConnectionStatus.Connecting _ -> {
                // The first attempt is still pending.
            }
            case ConnectionStatus.Live _ -> live.complete(null);
            case ConnectionStatus.Reconnecting(_, _, _, String why) -> fail("unreachable", why);
            case ConnectionStatus.Offline(String why, ConnectionStatus.Reason reason) ->
                    fail(
                            reason == ConnectionStatus.Reason.REFUSED ? "refused" : "unreachable",
                            why);
        }
    }

    private void fail(String code, String why) {
        live.completeExceptionally(new ClientException(code, why));
    }

    @Override
    public void onSessions(List<SessionInfo> all) {
        // The window subscribes to the feed itself after it has switched to the server.
    }

    @Override
    public void onSession(SessionInfo changed) {
        // See onSessions.
    }

    @Override
    public void onSessionRemoved(String id) {
        // See onSessions.
    }
}
