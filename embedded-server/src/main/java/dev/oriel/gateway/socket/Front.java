package dev.oriel.gateway.socket;

import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.HttpReply;
import dev.oriel.dialect.Peer;
import org.jspecify.annotations.Nullable;

/// What decides on requests. Called on the selector's thread, but for [#connect].
public interface Front {
    /// Why a request is refused before anything else is looked at, or null.
    @Nullable HttpReply refusal(HttpHead head);

    /// Whether a request shows the right token, or none is needed.
    boolean knows(HttpHead head);

    /// Answers later, on another thread, with [Connection#answer].
    void handle(Connection connection, HttpHead head, byte[] body);

    /// A client has upgraded its connection. On a thread of that connection's own.
    DialectConnection connect(HttpHead head, Peer peer);
}
