package dev.oriel.agent.cli.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentGoneException;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
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

/// Oriel's own control requests to the CLI that wait for an answer. Any thread.
///
/// Old versions answer some requests twice and unknown ones not at all: the first answer counts,
/// and every request has a deadline.
final class PendingControlRequests {
    private final ScheduledExecutorService clock;
    private final Consumer<byte[]> stdin;
    private final Map<String, CompletableFuture<ObjectNode>> open = new ConcurrentHashMap<>();
    private volatile boolean over;

    PendingControlRequests(ScheduledExecutorService clock, Consumer<byte[]> stdin) {
        this.clock = clock;
        this.stdin = stdin;
    }

    /// Sends a request.
    ///
    /// @param request the inner object; not kept
    /// @return the inner `response` object; fails as [dev.oriel.agent.Agent#sendControlRequest] says
    CompletableFuture<ObjectNode> send(ObjectNode request, Duration deadline) {
        String id = "oriel-" + UUID.randomUUID();
        CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
        open.put(id, answer);
        ScheduledFuture<?> alarm =
                clock.schedule(() -> expire(answer), deadline.toMillis(), TimeUnit.MILLISECONDS);
        answer.whenComplete((response, failure) -> {
            open.remove(id);
            alarm.cancel(false);
        });
        if (over) {
            answer.completeExceptionally(new AgentGoneException());
            return answer;
        }
        ObjectNode envelope = Json.object().put("type", "control_request").put("request_id", id);
        envelope.set("request", request);
        stdin.accept(Json.encode(envelope));
        return answer;
    }

    private static void expire(CompletableFuture<ObjectNode> answer) {
        answer.completeExceptionally(
                new TimeoutException("The agent did not answer a request in time."));
    }

    /// Takes a `control_response` of the CLI's. One that nobody waits for any more is left out.
    void onResponse(Message response) {
        String id = response.requestId();
        CompletableFuture<ObjectNode> answer = id == null ? null : open.get(id);
        if (answer != null && response.tree().get("response") instanceof ObjectNode inner) {
            answer.complete(inner);
        }
    }

    /// The agent has ended: nothing will be answered.
    void failAll() {
        over = true;
        for (CompletableFuture<ObjectNode> each : open.values()) {
            each.completeExceptionally(new AgentGoneException());
        }
    }
}
