package dev.oriel.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// How connections of one kind speak: maps their frames to session commands, and session messages
/// to their frames.
///
/// Knows no socket. Safe for any thread.
public interface Dialect {
    /// Its name, as in `--listen`.
    String name();

    /// Whether a WebSocket path is one of its own.
    boolean handles(String path);

    /// A client has connected to one of its paths.
    DialectConnection connect(UpgradeRequest upgrade, Peer peer);

    /// Answers a plain HTTP request. May block: it runs on a thread of its own.
    ///
    /// @return null if the path is not one of its own
    @Nullable HttpReply reply(HttpCall call) throws InterruptedException;

    /// Adds what its clients look for in `GET /health` of the main port, which needs no token: no
    /// more than numbers.
    default void addHealth(ObjectNode body) {
        // Most have nothing to add.
    }
}
