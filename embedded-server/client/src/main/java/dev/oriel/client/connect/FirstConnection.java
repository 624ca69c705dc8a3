package dev.oriel.client.connect;

import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.FeedListener;
import dev.oriel.client.FrameLog;
import dev.oriel.client.SessionInfo;
import dev.oriel.message.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The feed of a [Chat]: reports whether the first attempt to connect succeeds, and later the
/// sessions that are removed. Called on the client's lane.
final class FirstConnection implements FeedListener {
    private final FrameLog log;
    private final Consumer<String> onRemoved;
    private final CompletableFuture<Void> live = new CompletableFuture<>();

    /// @param log of the client
    /// @param onRemoved receives the ids of removed sessions
    FirstConnection(FrameLog log, Consumer<String> onRemoved) {
        this.log = log;
        this.onRemoved = onRemoved;
    }

    /// Completes with the first connection; fails with [ClientException] if the first attempt does.
    CompletableFuture<Void> live() {
        return live;
    }

    @Override
    public void onStatus(ConnectionStatus status) {
        switch (status) {
            case ConnectionStatus.Connecting _ -> {
                // Not yet.
            }
            case ConnectionStatus.Live _ -> live.complete(null);
            case ConnectionStatus.Reconnecting(_, _, _, String cause) ->
                    fail(ErrorCode.UNREACHABLE, lastNote().orElse(cause));
            case ConnectionStatus.Offline(String cause, ConnectionStatus.Reason reason) ->
                    fail(
                            reason == ConnectionStatus.Reason.REFUSED
                                    ? ErrorCode.REFUSED
                                    : ErrorCode.UNREACHABLE,
                            cause);
        }
    }

    private void fail(String code, String cause) {
        live.completeExceptionally(new ClientException(code, cause));
    }

    /// What the server itself wrote before it closed the connection may tell more.
    private Optional<String> lastNote() {
        return log.entries().stream()
                .filter(e -> e.type() == FrameLog.Type.NOTE)
                .reduce((_, last) -> last)
                .map(FrameLog.Entry::text);
    }

    @Override
    public void onSessions(List<SessionInfo> all) {
        // Of other conversations.
    }

    @Override
    public void onSession(SessionInfo changed) {
        // The session's own subscription reports it.
    }

    @Override
    public void onSessionRemoved(String id) {
        onRemoved.accept(id);
    }
}
