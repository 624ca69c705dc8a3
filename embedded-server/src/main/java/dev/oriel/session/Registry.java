package dev.oriel.session;

import dev.oriel.journal.SessionRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// How every session stands, and who wants to know.
final class Registry {
    private final Map<UUID, SessionView> views = new LinkedHashMap<>(); // guarded by this
    private final List<SessionFeed> feeds = new ArrayList<>(); // guarded by this
    private long recency; // guarded by this

    Registry(List<SessionRecord> known) {
        for (SessionRecord r : known) {
            views.put(
                    r.id(),
                    new SessionView(r.withoutOptions(), SessionDetails.stateOf(r), r.model(), 0));
            recency = Math.max(recency, r.recency());
        }
    }

    /// A number that is higher than that of any session.
    synchronized long nextRecency() {
        return ++recency;
    }

    synchronized List<SessionView> list() {
        return views.values().stream().sorted(Sessions.NEWEST_FIRST).toList();
    }

    synchronized Optional<SessionView> find(UUID id) {
        return Optional.ofNullable(views.get(id));
    }

    synchronized void put(SessionView view) {
        views.put(view.id(), view.withoutOptions());
        feeds.forEach(f -> f.changed(view));
    }

    synchronized void remove(UUID id) {
        if (views.remove(id) != null) {
            feeds.forEach(f -> f.gone(id));
        }
    }

    /// Whether somebody looks at all sessions, as the window does.
    synchronized boolean isFollowed() {
        return !feeds.isEmpty();
    }

    synchronized void follow(SessionFeed feed) {
        feed.all(list());
        feeds.add(feed);
    }

    synchronized void unfollow(SessionFeed feed) {
        feeds.remove(feed);
    }
}
