package dev.oriel.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.concurrent.CompletableFuture;

/// Forwards requests of an agent to the session's clients that have declared to answer them: hooks,
/// MCP servers that a client runs, dialogs that a client shows. Thread-safe; no method blocks.
public interface ClientRequestHandler {
    /// No client has declared anything.
    ClientRequestHandler NONE =
            new ClientRequestHandler() {
                @Override
                public ObjectNode declarations() {
                    return Json.object();
                }

                @Override
                public CompletableFuture<ObjectNode> forward(Message request) {
                    return CompletableFuture.completedFuture(
                            Json.object()
                                    .put("subtype", "error")
                                    .put("error", "No client answers this."));
                }
            };

    /// The declarations of the clients, as members of the CLI's `initialize` request.
    ObjectNode declarations();

    /// Forwards a request of the agent to a client.
    ///
    /// @return the inner `response` object, without `request_id`. Never completes exceptionally: if
    ///   the client does not answer, the response is one that allows nothing. Cancelling it cancels
    ///   the request at the client
    CompletableFuture<ObjectNode> forward(Message request);
}
