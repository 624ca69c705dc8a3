package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.TextFrames;
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

/// `WS /v1/feed`: all sessions, then every change of one. Of one that does not read as fast as they
/// come only the last change of each session is kept.
///
/// Any thread.
final class FeedConnection implements DialectConnection, SessionDirectoryListener {
    /// There is plenty of room again when no more than that waits.
    private static final long ROOM = 256 * 1024;

    private final Sessions sessions;
    private final Peer peer;
    private @Nullable List<SessionView> beginning; // guarded by this: not sent yet
    private final Map<UUID, Optional<SessionView>> late = new LinkedHashMap<>(); // guarded by this
    private boolean waiting; // guarded by this: for room

    FeedConnection(Sessions sessions, Peer peer) {
        this.sessions = sessions;
        this.peer = peer;
        peer.describe("feed");
        sessions.subscribe(this);
    }

    @Override
    public synchronized void onSessions(List<SessionView> all) {
        beginning = all;
        goOn();
    }

    @Override
    public void onChanged(SessionView session) {
        tell(session.record().id(), Optional.of(session));
    }

    @Override
    public void onDeleted(UUID session) {
        tell(session, Optional.empty());
    }

    private synchronized void tell(UUID session, Optional<SessionView> now) {
        late.put(session, now);
        goOn();
    }

    private synchronized void hasRoom() {
        waiting = false;
        goOn();
    }

    /// Under the lock: sends what there is room for.
    private void goOn() {
        while (!waiting && (beginning != null || !late.isEmpty())) {
            if (peer.queuedBytes() >= peer.queueLimit()) {
                waiting = true;
                peer.whenBelow(ROOM, this::hasRoom);
            } else {
                sendNext();
            }
        }
    }

    private void sendNext() {
        List<SessionView> all = beginning;
        if (all != null) {
            beginning = null;
            sendAll(all);
            return;
        }
        var next = late.entrySet().iterator().next();
        UUID id = next.getKey();
        Optional<SessionView> session = next.getValue();
        late.remove(id);
        if (session.isEmpty()) {
            send(Json.object().put("type", "session_gone").put("id", id.toString()));
            return;
        }
        ObjectNode frame = Json.object().put("type", "session");
        frame.set("session", session.get().toJson());
        send(frame);
    }

    private void sendAll(List<SessionView> all) {
        ObjectNode frame =
                Json.object().put("type", "sessions").put("journal", sessions.journal().toString());
        var list = frame.putArray("sessions");
        all.forEach(v -> list.add(v.toJson()));
        send(frame);
    }

    private void send(ObjectNode frame) {
        peer.send(TextFrames.lines(List.of(Json.encode(frame))));
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
        sessions.unsubscribe(this);
    }
}
