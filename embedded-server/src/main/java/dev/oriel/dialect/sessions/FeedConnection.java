package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.TextFrames;
import dev.oriel.message.FeedType;
import dev.oriel.message.Json;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.SessionDirectoryListener;
import dev.oriel.session.api.SessionView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `WS /v1/feed`: all sessions, then every change of one. A client that does not read fast enough
/// gets only the last change of each session.
///
/// Any thread.
final class FeedConnection implements DialectConnection, SessionDirectoryListener {
    /// There is plenty of room again when no more than that waits, bytes.
    private static final long ROOM = 256 * 1024;

    private final Sessions sessions;
    private final int maxMessage;
    private final Peer peer;
    private @Nullable List<SessionView> initial; // guarded by this; null once sent
    private final Map<UUID, Optional<SessionView>> pending =
            new LinkedHashMap<>(); // guarded by this
    private boolean full; // guarded by this; true while the peer has no room

    /// @param maxMessage bytes of the longest message that a client can send
    FeedConnection(Sessions sessions, int maxMessage, Peer peer) {
        this.sessions = sessions;
        this.maxMessage = maxMessage;
        this.peer = peer;
        peer.describe("feed");
        sessions.subscribe(this);
    }

    @Override
    public synchronized void onSessions(List<SessionView> all) {
        initial = all;
        sendPending();
    }

    @Override
    public void onChanged(SessionView session) {
        enqueue(session.record().id(), Optional.of(session));
    }

    @Override
    public void onDeleted(UUID session) {
        enqueue(session, Optional.empty());
    }

    private synchronized void enqueue(UUID session, Optional<SessionView> now) {
        pending.put(session, now);
        sendPending();
    }

    private synchronized void onRoom() {
        full = false;
        sendPending();
    }

    /// Sends what there is room for. Requires the lock.
    private void sendPending() {
        while (!full && (initial != null || !pending.isEmpty())) {
            if (peer.queuedBytes() >= peer.queueLimit()) {
                full = true;
                peer.whenBelow(ROOM, this::onRoom);
            } else {
                sendNext();
            }
        }
    }

    private void sendNext() {
        List<SessionView> all = initial;
        if (all != null) {
            initial = null;
            sendAll(all);
            return;
        }
        var next = pending.entrySet().iterator().next();
        UUID id = next.getKey();
        Optional<SessionView> session = next.getValue();
        pending.remove(id);
        if (session.isEmpty()) {
            send(Json.object().put("type", FeedType.SESSION_GONE).put("id", id.toString()));
            return;
        }
        ObjectNode frame = Json.object().put("type", FeedType.SESSION);
        frame.set("session", session.get().toJson());
        send(frame);
    }

    private void sendAll(List<SessionView> all) {
        ObjectNode frame =
                Json.object()
                        .put("type", FeedType.SESSIONS)
                        .put("journal", sessions.journal().toString())
                        .put("max_message_bytes", maxMessage);
        var list = frame.putArray("sessions");
        all.forEach(v -> list.add(v.toJson()));
        send(frame);
    }

    private void send(ObjectNode frame) {
        peer.send(TextFrames.lines(List.of(Json.encode(frame))));
    }

    @Override
    public void onText(String text) {
        // Clients send nothing but keep_alive here.
    }

    @Override
    public void onBinary(int bytes) {
        // Ignored.
    }

    @Override
    public void onClosed() {
        sessions.unsubscribe(this);
    }
}
