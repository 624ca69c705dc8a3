package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.ClientException;
import dev.oriel.client.SessionSubscription;
import dev.oriel.client.link.ClientLane;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.concurrent.CompletableFuture;

/// The subscription of one listener to a session. Any thread may call; everything is posted to the
/// client's lane.
final class CompatSubscription implements SessionSubscription {
    private final String id;
    private final CompatConnection<?> connection;
    private final ClientLane lane;
    private final SessionSubscriber subscriber;

    CompatSubscription(
            String id,
            CompatConnection<?> connection,
            ClientLane lane,
            SessionSubscriber subscriber) {
        this.id = id;
        this.connection = connection;
        this.lane = lane;
        this.subscriber = subscriber;
        lane.execute(() -> connection.subscribe(id, subscriber));
    }

    @Override
    public String sessionId() {
        return id;
    }

    @Override
    public void sendPending() {
        lane.execute(() -> {
            CompatSession session = connection.findSession(id);
            if (session != null) {
                connection.sendPending(session);
            }
        });
    }

    @Override
    public CompletableFuture<ObjectNode> sendControl(ObjectNode request) {
        return LaneFutures.call(lane, () -> control(request));
    }

    private CompletableFuture<ObjectNode> control(ObjectNode request) {
        CompatSession session = connection.findSession(id);
        if (session == null || !connection.isReady()) {
            return CompletableFuture.failedFuture(CompatRequests.linkLost());
        }
        return switch (request.path("subtype").asText()) {
            case ControlSubtype.INTERRUPT ->
                    connection.interrupt(session, request.path("hold_queue").asBoolean());
            case ControlSubtype.CANCEL_ASYNC_MESSAGE ->
                    // A prompt that waits is still in the outbox, where the caller has looked.
                    CompletableFuture.completedFuture(Json.object().put("cancelled", false));
            case ControlSubtype.ORIEL_RUN_QUEUE -> {
                connection.sendPending(session);
                yield CompletableFuture.completedFuture(Json.object());
            }
            case ControlSubtype.SET_PERMISSION_MODE ->
                    connection.setMode(session, request.path("mode").textValue());
            case ControlSubtype.SET_MODEL ->
                    connection.setModel(session, request.path("model").textValue());
            default ->
                    CompletableFuture.failedFuture(
                            new ClientException(
                                    ErrorCode.UNSUPPORTED, "This server cannot do that."));
        };
    }

    /// @return whether it was posted to the lane; there it is dropped if the ask is no longer
    ///   pending
    @Override
    public boolean reply(Message response) {
        if (!connection.isReady()) {
            return false;
        }
        lane.execute(() -> connection.resolveAsk(id, response));
        return true;
    }

    @Override
    public void reconnect() {
        lane.execute(connection::reconnect);
    }

    @Override
    public void close() {
        lane.execute(() -> connection.unsubscribe(id, subscriber));
    }
}
