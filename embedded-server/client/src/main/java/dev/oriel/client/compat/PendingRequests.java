package dev.oriel.client.compat;

import dev.oriel.client.ClientException;
import dev.oriel.client.link.ClientLane;
import dev.oriel.message.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Requests that the server has not responded to, by the session that they are about. Confined to
/// the client's lane.
final class PendingRequests<T> {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final ClientLane lane;
    private final Map<String, List<CompletableFuture<T>>> pending = new LinkedHashMap<>();

    PendingRequests(ClientLane lane) {
        this.lane = lane;
    }

    /// Adds a request. It fails with [ErrorCode#TIMEOUT] if nothing completes it for a minute.
    CompletableFuture<T> add(String session) {
        CompletableFuture<T> request = new CompletableFuture<>();
        pending.computeIfAbsent(session, _ -> new ArrayList<>()).add(request);
        ClientLane.Timer timer = lane.schedule(() -> onTimeout(session, request), TIMEOUT);
        request.whenComplete((_, _) -> timer.cancel());
        return request;
    }

    @SuppressWarnings("ReferenceEquality") // futures have no other equality
    private void onTimeout(String session, CompletableFuture<T> request) {
        List<CompletableFuture<T>> all = pending.get(session);
        if (all != null && all.removeIf(r -> r == request) && all.isEmpty()) {
            pending.remove(session);
        }
        request.completeExceptionally(
                new ClientException(
                        ErrorCode.TIMEOUT,
                        "The server has not responded within "
                                + TIMEOUT.toSeconds()
                                + " seconds."));
    }

    boolean has(String session) {
        return pending.containsKey(session);
    }

    /// Completes the requests about a session.
    void complete(String session, @Nullable T value) {
        remove(session).forEach(r -> r.complete(value));
    }

    /// Fails the requests about a session.
    void fail(String session, ClientException cause) {
        remove(session).forEach(r -> r.completeExceptionally(cause));
    }

    /// Fails all requests.
    void failAll(ClientException cause) {
        List.copyOf(pending.keySet()).forEach(s -> fail(s, cause));
    }

    private List<CompletableFuture<T>> remove(String session) {
        List<CompletableFuture<T>> removed = pending.remove(session);
        return removed == null ? List.of() : removed;
    }
}
