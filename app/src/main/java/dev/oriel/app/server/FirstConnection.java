package dev.oriel.app.server;

import dev.oriel.client.FeedLink;
import dev.oriel.client.FeedListener;
import dev.oriel.client.LinkState;
import dev.oriel.client.Remote;
import dev.oriel.client.RemoteException;
import dev.oriel.client.SessionInfo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits until a server that was not used before has answered, so that the window turns only to one
/// that is there and lets this user in.
public final class FirstConnection implements FeedListener {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CompletableFuture<Void> live = new CompletableFuture<>();

    private FirstConnection() {}

    /// @param remote a client that has not connected yet; closed here if the server does not answer
    /// @return completes with `remote` once the server has let it in; fails with [RemoteException],
    ///   whose message is one sentence for the user. Cancelling it closes `remote`
    public static CompletableFuture<Remote> of(Remote remote) {
        FirstConnection first = new FirstConnection();
        FeedLink feed = remote.feed(first);
        CompletableFuture<Remote> answered =
                first.live
                        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .handle((_, failure) -> {
                            feed.close();
                            if (failure != null) {
                                throw new CompletionException(reason(failure));
                            }
                            return remote;
                        });
        answered.whenComplete((_, failure) -> {
            if (failure != null) {
                remote.close();
            }
        });
        return answered;
    }

    private static RemoteException reason(Throwable failure) {
        return switch (failure) {
            case RemoteException said -> said;
            case TimeoutException _ ->
                    new RemoteException("unreachable", "The server did not answer in time.");
            default -> new RemoteException("unreachable", String.valueOf(failure.getMessage()));
        };
    }

    @Override
    public void link(LinkState state) {
        switch (state) {
            case LinkState.Connecting _ -> {
                // The first attempt is under way.
            }
            case LinkState.Live _ -> live.complete(null);
            case LinkState.Reconnecting(_, _, _, String why) -> fail("unreachable", why);
            case LinkState.Offline(String why, LinkState.Reason reason) ->
                    fail(reason == LinkState.Reason.REFUSED ? "refused" : "unreachable", why);
        }
    }

    private void fail(String code, String why) {
        live.completeExceptionally(new RemoteException(code, why));
    }

    @Override
    public void sessions(List<SessionInfo> all) {
        // The window asks again once it has turned to the server.
    }

    @Override
    public void session(SessionInfo changed) {
        // As above.
    }

    @Override
    public void gone(String id) {
        // As above.
    }
}
