package dev.oriel.session.fanout;

import dev.oriel.journal.SessionRecord;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.SessionDirectoryListener;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.state.SessionDetails;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// How every session stands, and who wants to know.
public final class SessionDirectory {
    private final Map<UUID, SessionView> views = new LinkedHashMap<>(); // guarded by this
    private final List<SessionDirectoryListener> feeds = new ArrayList<>(); // guarded by this
    private long recency; // guarded by this

    public SessionDirectory(List<SessionRecord> known) {
        for (SessionRecord r : known) {
            views.put(
                    r.id(),
                    new SessionView(r.withoutOptions(), SessionDetails.stateOf(r), r.model(), 0));
            recency = Math.max(recency, r.recency());
        }
    }

    /// A number that is higher than that of any session.
    public synchronized long nextRecency() {
        return ++recency;
    }

    public synchronized List<SessionView> list() {
        return views.values().stream().sorted(Sessions.NEWEST_FIRST).toList();
    }

    public synchronized Optional<SessionView> find(UUID id) {
        return Optional.ofNullable(views.get(id));
    }

    public synchronized void update(SessionView view) {
        views.put(view.id(), view.withoutOptions());
        feeds.forEach(f -> f.onChanged(view));
    }

    public synchronized void remove(UUID id) {
        if (views.remove(id) != null) {
            feeds.forEach(f -> f.onDeleted(id));
        }
    }

    /// Whether somebody looks at all sessions, as the window does.
    public synchronized boolean hasSubscribers() {
        return !feeds.isEmpty();
    }

    public synchronized void subscribe(SessionDirectoryListener feed) {
        feed.onSessions(list());
        feeds.add(feed);
    }

    public synchronized void unsubscribe(SessionDirectoryListener feed) {
        feeds.remove(feed);
    }
}
