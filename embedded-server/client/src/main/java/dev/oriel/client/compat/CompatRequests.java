package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.ClientException;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.link.ClientLane;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import java.util.concurrent.CompletableFuture;

/// The requests to a server that are pending, each kind by the server's name of the session.
/// Confined to the client's lane.
final class CompatRequests {
    private final PendingRequests<SessionInfo> creations;
    private final PendingRequests<Void> deletions;
    private final PendingRequests<ObjectNode> interrupts;

    CompatRequests(ClientLane lane) {
        this.creations = new PendingRequests<>(lane);
        this.deletions = new PendingRequests<>(lane);
        this.interrupts = new PendingRequests<>(lane);
    }

    /// The failure of a request without a connection.
    static ClientException linkLost() {
        return new ClientException(ErrorCode.LINK_LOST, "There is no connection to the server.");
    }

    CompletableFuture<SessionInfo> addCreation(String session) {
        return creations.add(session);
    }

    CompletableFuture<Void> addDeletion(String session) {
        return deletions.add(session);
    }

    CompletableFuture<ObjectNode> addInterrupt(String session) {
        return interrupts.add(session);
    }

    /// Whether a request to create or delete a session is pending.
    boolean isChanging(String session) {
        return creations.has(session) || deletions.has(session);
    }

    void onCreated(String session, SessionInfo created) {
        creations.complete(session, created);
    }

    void onDeleted(String session) {
        deletions.complete(session, null);
    }

    void onInterrupted(String session) {
        interrupts.complete(session, Json.object());
    }

    /// The server refused to create or delete a session.
    void onRejected(String session, String cause) {
        ClientException refused = new ClientException(ErrorCode.REFUSED, cause);
        creations.fail(session, refused);
        deletions.fail(session, refused);
    }

    void failAll(ClientException cause) {
        creations.failAll(cause);
        deletions.failAll(cause);
        interrupts.failAll(cause);
    }
}
