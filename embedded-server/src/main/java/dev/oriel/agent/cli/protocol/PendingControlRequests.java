package dev.oriel.agent.cli.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentGoneException;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Control requests to the CLI that wait for a response. Any thread.
///
/// Old versions respond to some requests twice and to unknown ones not at all: the first response
/// counts, and every request has a deadline.
final class PendingControlRequests {
    private final ScheduledExecutorService clock;
    private final Consumer<byte[]> stdin;
    private final Map<String, CompletableFuture<ObjectNode>> open = new ConcurrentHashMap<>();
    private volatile boolean ended; // set by the thread that reports the exit

    PendingControlRequests(ScheduledExecutorService clock, Consumer<byte[]> stdin) {
        this.clock = clock;
        this.stdin = stdin;
    }

    /// Sends a request.
    ///
    /// @param request the inner object; not kept
    /// @return the inner `response` object; fails as [dev.oriel.agent.Agent#sendControlRequest]
    ///   says
    CompletableFuture<ObjectNode> send(ObjectNode request, Duration deadline) {
        String id = "oriel-" + UUID.randomUUID();
        CompletableFuture<ObjectNode> future = new CompletableFuture<>();
        open.put(id, future);
        ScheduledFuture<?> alarm =
                clock.schedule(() -> expire(future), deadline.toMillis(), TimeUnit.MILLISECONDS);
        future.whenComplete((_, _) -> {
            open.remove(id);
            alarm.cancel(false);
        });
        if (ended) {
            future.completeExceptionally(new AgentGoneException());
            return future;
        }
        ObjectNode envelope =
                Json.object().put("type", MessageType.CONTROL_REQUEST).put("request_id", id);
        envelope.set("request", request);
        stdin.accept(Json.encode(envelope));
        return future;
    }

    private static void expire(CompletableFuture<ObjectNode> future) {
        future.completeExceptionally(
                new TimeoutException("The agent did not respond to a request in time."));
    }

    /// Receives a `control_response` of the CLI. One that no request waits for is ignored.
    void onResponse(Message response) {
        String id = response.requestId();
        CompletableFuture<ObjectNode> future = id == null ? null : open.get(id);
        if (future != null && response.tree().get("response") instanceof ObjectNode inner) {
            future.complete(inner);
        }
    }

    /// The agent has ended: no request will get a response.
    void failAll() {
        ended = true;
        for (CompletableFuture<ObjectNode> each : open.values()) {
            each.completeExceptionally(new AgentGoneException());
        }
    }
}
