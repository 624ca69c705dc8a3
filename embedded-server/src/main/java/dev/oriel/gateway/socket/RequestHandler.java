package dev.oriel.gateway.socket;

import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.HttpReply;
import dev.oriel.dialect.Peer;
import dev.oriel.gateway.codec.HttpRequestHead;
import org.jspecify.annotations.Nullable;

/// What decides on requests. Called on the selector's thread, but for [#connect].
public interface RequestHandler {
    /// Why a request is refused before anything else is looked at, or null.
    @Nullable HttpReply refusal(HttpRequestHead head);

    /// Whether a request shows the right token, or none is needed.
    boolean isAuthenticated(HttpRequestHead head);

    /// Answers later, on another thread, with [SocketConnection#reply].
    void handle(SocketConnection connection, HttpRequestHead head, byte[] body);

    /// A client has upgraded its connection. On a thread of that connection's own.
    DialectConnection connect(HttpRequestHead head, Peer peer);
}
