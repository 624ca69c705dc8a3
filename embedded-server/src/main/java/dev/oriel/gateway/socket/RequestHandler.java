package dev.oriel.gateway.socket;

import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.HttpReply;
import dev.oriel.dialect.Peer;
import dev.oriel.gateway.codec.HttpRequestHead;
import org.jspecify.annotations.Nullable;

/// Decides on requests, and handles them. Called on the selector's thread, except [#connect].
public interface RequestHandler {
    /// Checks a request as soon as its head is complete.
    ///
    /// @return the reply if the request is refused, else null
    @Nullable HttpReply refusal(HttpRequestHead head);

    /// Whether a request carries the right token, or none is needed.
    boolean isAuthenticated(HttpRequestHead head);

    /// Handles a plain HTTP request. Returns at once; [HttpExchange#reply] or [HttpExchange#stream]
    /// is called later, on another thread.
    void handle(HttpExchange exchange, HttpRequestHead head, byte[] body);

    /// Connects a client that has upgraded its connection. On a virtual thread of the connection.
    DialectConnection connect(HttpRequestHead head, Peer peer);
}
