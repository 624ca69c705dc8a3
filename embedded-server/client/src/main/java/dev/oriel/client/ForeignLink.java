package dev.oriel.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Message;
import java.util.concurrent.CompletableFuture;

/// Somebody's subscription to a [ForeignSession].
final class ForeignLink implements SessionLink {
    private final String id;
    private final ForeignClient client;
    private final SessionListener listener;

    // Guarded by the client's lane.
    private long lastSeq;

    ForeignLink(String id, long after, ForeignClient client, SessionListener listener) {
        this.id = id;
        this.lastSeq = after;
        this.client = client;
        this.listener = listener;
    }

    /// Tells what the session has said since, how it stands, and what it asks; on the lane.
    void catchUp(ForeignSession session) {
        session.book.after(lastSeq, Integer.MAX_VALUE).messages().forEach(this::say);
        listener.message(session.state());
        if (session.held) {
            listener.message(session.queue());
        }
        session.asks().forEach(listener::message);
    }

    void state(LinkState state) {
        listener.link(state);
    }

    /// On the lane; a numbered message that was said already is not said again.
    void say(Message message) {
        long seq = Seq.of(message);
        if (seq == 0 || seq > lastSeq) {
            lastSeq = Math.max(lastSeq, seq);
            listener.message(message);
        }
    }

    @Override
    public String sessionId() {
        return id;
    }

    @Override
    public void deliver() {
        client.deliver(id);
    }

    @Override
    public CompletableFuture<ObjectNode> control(ObjectNode request) {
        return client.control(id, request);
    }

    @Override
    public boolean answer(Message response) {
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
