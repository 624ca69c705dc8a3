package dev.oriel.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.concurrent.CompletableFuture;

/// The clients of a session that have declared to answer requests of the agent: hooks, MCP servers
/// that a client runs, dialogs that it shows. Any thread may call; nothing blocks.
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

    /// What the agent is told of it when it starts, as members of the CLI's `initialize`.
    ObjectNode declarations();

    /// Takes a request of the agent's for a client.
    ///
    /// @return the inner `response` object, without `request_id`. It never fails: where the client
    ///   does not answer, it is an answer that allows nothing. To cancel it tells the client that
    ///   nobody waits any more
    CompletableFuture<ObjectNode> forward(Message request);
}
