package dev.oriel.client;

import dev.oriel.client.LinkState.Live;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Hears a server's list of sessions for a test, and knows how each stands.
final class FeedEars implements FeedListener {
    final List<LinkState> states = new CopyOnWriteArrayList<>();
    final Map<String, SessionInfo> known = new ConcurrentHashMap<>();

    @Override
    public void link(LinkState state) {
        states.add(state);
    }

    @Override
    public void sessions(List<SessionInfo> all) {
        known.clear();
        all.forEach(this::session);
    }

    @Override
    public void session(SessionInfo changed) {
        known.put(changed.id(), changed);
    }

    @Override
    public void gone(String id) {
        known.remove(id);
    }

    SessionInfo info(String id) {
        return Objects.requireNonNull(known.get(id));
    }

    boolean live() {
        return !states.isEmpty() && states.getLast() instanceof Live;
    }
}
