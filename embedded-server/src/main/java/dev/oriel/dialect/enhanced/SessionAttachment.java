package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.PeerSubscriber;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import dev.oriel.session.Session;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.SessionChanged;
import java.util.ArrayList;
import java.util.List;

/// Subscribes a connection to the session in which its queries run.
final class SessionAttachment extends PeerSubscriber {
    final Session session;
    final String cwd;
    private final Listener listener;
    private volatile double cost;
    private volatile List<String> tools = List.of();

    /// Receives the session's events, on the session's lane.
    interface Listener {
        void onDeliveries(SessionAttachment from, List<Delivery> deliveries);

        /// The session was deleted.
        void onSessionDeleted(SessionAttachment from);
    }

    /// @param cost of the session so far, US dollars
    SessionAttachment(Peer peer, Session session, String cwd, double cost, Listener listener) {
        super(peer);
        this.session = session;
        this.cwd = cwd;
        this.cost = cost;
        this.listener = listener;
    }

    /// Cost of the session so far, US dollars.
    double cost() {
        return cost;
    }

    /// The tools that the agent has reported; empty before its first turn.
    List<String> tools() {
        return tools;
    }

    @Override
    protected void sendAll(List<Delivery> deliveries) {
        for (Delivery d : deliveries) {
            note(d.event());
        }
        listener.onDeliveries(this, deliveries);
    }

    private void note(SessionEvent event) {
        if (event instanceof SessionChanged(SessionView view, _, _)) {
            cost = view.record().costUsd();
        } else if (event instanceof MessageEvent(Message m)
                && m.is(MessageType.SYSTEM, SystemSubtype.INIT)) {
            List<String> names = new ArrayList<>();
            for (JsonNode name : m.tree().path("tools")) {
                names.add(name.asText());
            }
            tools = List.copyOf(names);
        }
    }

    @Override
    public void onDeleted() {
        listener.onSessionDeleted(this);
    }

    /// This dialect has no frame for asks.
    @Override
    public boolean answersAsks() {
        return false;
    }
}
