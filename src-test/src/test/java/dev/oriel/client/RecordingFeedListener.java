package dev.oriel.client;

import dev.oriel.client.ConnectionStatus.Live;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Collects the list of a server's sessions and its changes.
public final class RecordingFeedListener implements FeedListener {
    public final List<ConnectionStatus> states = new CopyOnWriteArrayList<>();
    public final Map<String, SessionInfo> known = new ConcurrentHashMap<>();

    @Override
    public void onStatus(ConnectionStatus status) {
        states.add(status);
    }

    @Override
    public void onSessions(List<SessionInfo> all) {
        known.clear();
        all.forEach(this::onSession);
    }

    @Override
    public void onSession(SessionInfo changed) {
        known.put(changed.id(), changed);
    }

    @Override
    public void onSessionRemoved(String id) {
        known.remove(id);
    }

    public SessionInfo info(String id) {
        return Objects.requireNonNull(known.get(id));
    }

    public boolean live() {
        return !states.isEmpty() && states.getLast() instanceof Live;
    }
}
