package dev.oriel.session.fanout;

import dev.oriel.agent.AgentOptions;
import dev.oriel.journal.SessionRecord;
import dev.oriel.session.api.SessionDirectoryListener;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.control.SavedControlRequests;
import dev.oriel.session.state.SessionDetails;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// All sessions as they are now, and the listeners that follow them. Any thread.
///
/// It is not in `dev.oriel.session`, because turns and output use it, which that package uses.
public final class SessionDirectory {
    private final Map<UUID, SessionView> views = new LinkedHashMap<>(); // guarded by this
    private final List<SessionDirectoryListener> listeners = new ArrayList<>(); // guarded by this
    private long recency; // guarded by this

    /// By the last change and not by the clock, which may be set back.
    private static final Comparator<SessionView> NEWEST_FIRST =
            Comparator.comparingLong((SessionView v) -> v.record().recency()).reversed();

    public SessionDirectory(List<SessionRecord> known) {
        for (SessionRecord r : known) {
            views.put(
                    r.id(),
                    new SessionView(
                            r.withoutOptions(),
                            SessionDetails.stateOf(r),
                            r.model(),
                            SavedControlRequests.fromOptions(r.options()).thinking(),
                            0,
                            AgentOptions.accountOf(r.options())));
            recency = Math.max(recency, r.recency());
        }
    }

    /// A number higher than that of any session.
    public synchronized long nextRecency() {
        return ++recency;
    }

    /// All sessions, the last changed first.
    public synchronized List<SessionView> list() {
        return views.values().stream().sorted(NEWEST_FIRST).toList();
    }

    public synchronized Optional<SessionView> find(UUID id) {
        return Optional.ofNullable(views.get(id));
    }

    public synchronized void update(SessionView view) {
        views.put(view.id(), view.withoutOptions());
        listeners.forEach(l -> l.onChanged(view));
    }

    public synchronized void remove(UUID id) {
        if (views.remove(id) != null) {
            listeners.forEach(l -> l.onDeleted(id));
        }
    }

    /// True if a client follows all sessions, as the window does.
    public synchronized boolean isFollowed() {
        return !listeners.isEmpty();
    }

    /// Sends all sessions to a listener, then every change.
    public synchronized void subscribe(SessionDirectoryListener listener) {
        listener.onSessions(list());
        listeners.add(listener);
    }

    public synchronized void unsubscribe(SessionDirectoryListener listener) {
        listeners.remove(listener);
    }
}
