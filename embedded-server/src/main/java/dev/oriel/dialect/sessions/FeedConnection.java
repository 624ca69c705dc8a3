package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.TextFrames;
import dev.oriel.message.Json;
import dev.oriel.session.SessionFeed;
import dev.oriel.session.SessionView;
import dev.oriel.session.Sessions;
import java.util.List;
import java.util.UUID;

/// `WS /v1/feed`: all sessions, then every change of one.
final class FeedConnection implements DialectConnection, SessionFeed {
    private final Sessions sessions;
    private final Peer peer;

    FeedConnection(Sessions sessions, Peer peer) {
        this.sessions = sessions;
        this.peer = peer;
        peer.describe("feed");
        sessions.follow(this);
    }

    @Override
    public void all(List<SessionView> all) {
        ObjectNode frame =
                Json.object().put("type", "sessions").put("journal", sessions.journal().toString());
        var list = frame.putArray("sessions");
        all.forEach(v -> list.add(v.toJson()));
        send(frame);
    }

    @Override
    public void changed(SessionView session) {
        ObjectNode frame = Json.object().put("type", "session");
        frame.set("session", session.toJson());
        send(frame);
    }

    @Override
    public void gone(UUID session) {
        send(Json.object().put("type", "session_gone").put("id", session.toString()));
    }

    private void send(ObjectNode frame) {
        peer.send(TextFrames.lines(List.of(Json.bytes(frame))));
    }

    @Override
    public void onText(String text) {
        // Nothing can be said here; a keep_alive does no harm.
    }

    @Override
    public void onBinary(int bytes) {
        // As above.
    }

    @Override
    public void onClosed() {
        sessions.unfollow(this);
    }
}
