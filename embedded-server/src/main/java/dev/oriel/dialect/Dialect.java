package dev.oriel.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// A wire protocol: it maps the frames of its clients to session commands, and session messages to
/// frames.
///
/// A dialect uses no sockets. Thread-safe.
public interface Dialect {
    /// The name, as used by the option `--listen`.
    String name();

    /// Whether the dialect serves this WebSocket path.
    boolean handles(String path);

    /// Called after a client has connected to a path of this dialect.
    DialectConnection connect(UpgradeRequest upgrade, Peer peer);

    /// Replies to a plain HTTP request. May block: each request runs on its own thread.
    ///
    /// @return null if the dialect does not serve the path
    @Nullable HttpReply reply(HttpCall call) throws InterruptedException;

    /// Adds the members that its clients read in `GET /health` of the main port. The route needs no
    /// token, so only numbers may be added. Adds nothing by default.
    default void addHealth(ObjectNode body) {}
}
