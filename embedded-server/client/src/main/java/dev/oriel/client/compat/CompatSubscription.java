package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.SessionSubscription;
import dev.oriel.client.link.ClientLane;
import dev.oriel.message.Message;
import java.util.concurrent.CompletableFuture;

/// The subscription of one listener to a session. Any thread may call; everything is posted to the
/// client's lane.
final class CompatSubscription implements SessionSubscription {
    private final String id;
    private final CompatConnection<?> connection;
    private final CompatCommands commands;
    private final ClientLane lane;
    private final SessionSubscriber subscriber;

    CompatSubscription(
            String id,
            CompatConnection<?> connection,
            CompatCommands commands,
            ClientLane lane,
            SessionSubscriber subscriber) {
        this.id = id;
        this.connection = connection;
        this.commands = commands;
        this.lane = lane;
        this.subscriber = subscriber;
        lane.execute(() -> commands.subscribe(id, subscriber));
    }

    @Override
    public String sessionId() {
        return id;
    }

    @Override
    public void sendPending() {
        lane.execute(() -> commands.sendPending(id));
    }

    @Override
    public CompletableFuture<ObjectNode> sendControl(ObjectNode request) {
        return LaneFutures.call(lane, () -> commands.control(id, request));
    }

    /// @return whether it was posted to the lane; there it is dropped if the ask is no longer
    ///   pending
    @Override
    public boolean reply(Message response) {
        if (!connection.isAccepted()) {
            return false;
        }
        lane.execute(() -> commands.resolveAsk(id, response));
        return true;
    }

    @Override
    public void reconnect() {
        lane.execute(connection::reconnect);
    }

    @Override
    public void close() {
        lane.execute(() -> commands.unsubscribe(id, subscriber));
    }
}
