package dev.oriel.app.sidebar;

import dev.oriel.client.SessionInfo;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The sessions of the connected server as its feed reports them, which one is open, and which ones
/// finished a turn unseen. Belongs to the JavaFX thread.
public final class SessionList {
    private final Map<String, SessionInfo> byId = new LinkedHashMap<>();
    private final Set<String> unseen;
    private final Consumer<Set<String>> saveUnseen;
    private final ReadOnlyObjectWrapper<@Nullable List<SessionInfo>> sessions =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable String> current = new ReadOnlyObjectWrapper<>();

    /// @param unseen ids of the sessions that were unseen when the window was last closed
    /// @param saveUnseen called with all unseen ids after each change
    public SessionList(Set<String> unseen, Consumer<Set<String>> saveUnseen) {
        this.unseen = new HashSet<>(unseen);
        this.saveUnseen = saveUnseen;
    }

    /// Forgets all sessions, because the window turns to another server.
    public void clear() {
        byId.clear();
        sessions.set(null);
    }

    /// Replaces all sessions.
    public void setAll(List<SessionInfo> all) {
        Map<String, SessionInfo> before = Map.copyOf(byId);
        byId.clear();
        all.forEach(session -> put(session, before.get(session.id())));
        publish();
    }

    /// Adds or replaces a session.
    public void update(SessionInfo changed) {
        put(changed, byId.get(changed.id()));
        publish();
    }

    private void put(SessionInfo now, @Nullable SessionInfo before) {
        boolean finished = before != null && before.activity().isBusy() && !now.activity().isBusy();
        if (finished && !now.id().equals(current.get())) {
            unseen.add(now.id());
            saveUnseen.accept(Set.copyOf(unseen));
        }
        byId.put(now.id(), now);
    }

    /// Removes a session that was deleted on the server.
    public void remove(String id) {
        byId.remove(id);
        markSeen(id);
        publish();
    }

    private void publish() {
        sessions.set(List.copyOf(byId.values()));
    }

    /// Sets which session is open, and marks it as seen.
    ///
    /// @param id null if none is open
    public void setCurrent(@Nullable String id) {
        if (id != null) {
            markSeen(id);
        }
        current.set(id);
    }

    private void markSeen(String id) {
        if (unseen.remove(id)) {
            saveUnseen.accept(Set.copyOf(unseen));
        }
    }

    /// Whether the session finished a turn while it was not open, and was not opened since.
    boolean isUnseen(String id) {
        return unseen.contains(id);
    }

    public @Nullable SessionInfo find(String id) {
        return byId.get(id);
    }

    /// The working folders of the sessions, most recently changed session first, without
    /// duplicates.
    public List<Path> folders() {
        return byId.values().stream()
                .sorted(SessionInfo.BY_LAST_CHANGE.reversed())
                .map(SessionInfo::cwd)
                .filter(cwd -> !cwd.isEmpty())
                .distinct()
                .flatMap(cwd -> path(cwd).stream())
                .toList();
    }

    /// Empty for a path that this system cannot represent.
    private static Optional<Path> path(String cwd) {
        try {
            return Optional.of(Path.of(cwd));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /// All sessions in no particular order; null until the server has reported them.
    public ReadOnlyObjectProperty<@Nullable List<SessionInfo>> sessions() {
        return sessions.getReadOnlyProperty();
    }

    /// The id of the open session; null if none is.
    public ReadOnlyObjectProperty<@Nullable String> current() {
        return current.getReadOnlyProperty();
    }
}
