package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.MessageSeq;
import dev.oriel.client.SessionListener;
import dev.oriel.client.SessionSubscription;
import dev.oriel.message.Message;
import java.util.concurrent.CompletableFuture;

/// Somebody's subscription to a [CompatSession].
final class CompatSubscription implements SessionSubscription {
    private final String id;
    private final CompatClient client;
    private final SessionListener listener;

    // Guarded by the client's lane.
    private long lastSeq;

    CompatSubscription(String id, long after, CompatClient client, SessionListener listener) {
        this.id = id;
        this.lastSeq = after;
        this.client = client;
        this.listener = listener;
    }

    /// Tells what the session has said since, how it stands, and what it asks; on the lane.
    void catchUp(CompatSession session) {
        session.book.after(lastSeq, Integer.MAX_VALUE).messages().forEach(this::say);
        listener.onMessage(session.state());
        if (session.held) {
            listener.onMessage(session.queue());
        }
        session.asks().forEach(listener::onMessage);
    }

    void state(ConnectionStatus state) {
        listener.onStatus(state);
    }

    /// On the lane; a numbered message that was said already is not said again.
    void say(Message message) {
        long seq = MessageSeq.of(message);
        if (seq == 0 || seq > lastSeq) {
            lastSeq = Math.max(lastSeq, seq);
            listener.onMessage(message);
        }
    }

    @Override
    public String sessionId() {
        return id;
    }

    @Override
    public void sendPending() {
        client.deliver(id);
    }

    @Override
    public CompletableFuture<ObjectNode> sendControl(ObjectNode request) {
        return client.control(id, request);
    }

    @Override
    public boolean reply(Message response) {
        return client.answer(id, response);
    }

    @Override
    public void reconnect() {
        client.reconnect();
    }

    @Override
    public void close() {
        client.leave(this);
    }
}
