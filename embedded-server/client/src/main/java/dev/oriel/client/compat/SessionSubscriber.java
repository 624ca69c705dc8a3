package dev.oriel.client.compat;

import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.SessionListener;
import dev.oriel.message.Message;
import dev.oriel.message.MessageSeq;
import java.util.concurrent.CompletionStage;

/// A listener of a session, and how far it has received it. Confined to the client's lane.
final class SessionSubscriber {
    private final SessionListener listener;
    private long lastSeq;

    /// @param after the last `seq` that the listener knows already
    SessionSubscriber(long after, SessionListener listener) {
        this.lastSeq = after;
        this.listener = listener;
    }

    void onStatus(ConnectionStatus status) {
        listener.onStatus(status);
    }

    /// Passes a message on, unless it has a `seq` that was passed on already.
    void onMessage(Message message) {
        long seq = MessageSeq.of(message);
        if (seq == 0 || seq > lastSeq) {
            lastSeq = Math.max(lastSeq, seq);
            listener.onMessage(message);
        }
    }

    /// Passes on what the listener does not know yet: messages, the session's state, its asks.
    void catchUp(CompatSession session) {
        session.history().after(lastSeq, Integer.MAX_VALUE).messages().forEach(this::onMessage);
        listener.onMessage(session.stateMessage());
        if (session.isQueueHeld()) {
            listener.onMessage(session.queueMessage());
        }
        session.pendingAsks().forEach(listener::onMessage);
    }

    CompletionStage<?> ready() {
        return listener.ready();
    }
}
