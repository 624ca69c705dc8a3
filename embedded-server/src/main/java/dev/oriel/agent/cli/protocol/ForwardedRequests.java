package dev.oriel.agent.cli.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.message.Message;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Requests of the CLI that are forwarded to the client that declared to handle them. Any thread.
final class ForwardedRequests {
    private final ClientRequestHandler clients;
    private final Consumer<byte[]> stdin;
    private final Map<String, CompletableFuture<ObjectNode>> open = new ConcurrentHashMap<>();

    ForwardedRequests(ClientRequestHandler clients, Consumer<byte[]> stdin) {
        this.clients = clients;
        this.stdin = stdin;
    }

    void forward(Message request) {
        String id = request.requestId();
        if (id == null) {
            return; // it could get no response
        }
        CompletableFuture<ObjectNode> reply = clients.forward(request);
        open.put(id, reply);
        reply.whenComplete((response, failure) -> {
            open.remove(id);
            if (failure == null) {
                stdin.accept(ControlResponses.response(request, response));
            }
        });
    }

    /// The CLI does not wait for a response any more.
    void cancel(@Nullable String requestId) {
        CompletableFuture<ObjectNode> waiting = requestId == null ? null : open.remove(requestId);
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    /// The CLI has ended.
    void cancelAll() {
        open.values().forEach(waiting -> waiting.cancel(false));
    }
}
