package dev.oriel.app.sidebar;

import dev.oriel.app.fx.Scheduler;
import dev.oriel.client.SearchHit;
import dev.oriel.client.SessionInfo;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The list of sessions as the feed tells it: pinned ones first, the rest by day, newest first.
/// Belongs to the JavaFX thread.
public final class SidebarViewModel {
    /// Letters, from which on what was said is looked through.
    private static final int MIN_SEARCH_LENGTH = 2;

    /// The rest after a letter that counts as the end of a word.
    private static final Duration SEARCH_DELAY = Duration.ofMillis(200);

    private final Clock clock;
    private final SidebarActions actions;
    private final Map<String, SessionInfo> sessions = new LinkedHashMap<>();
    private final Set<String> unseen = new HashSet<>();
    private final ObservableList<SidebarRow> rows = FXCollections.observableArrayList();

    /// One for all who look: the wrapper is held weakly by the list behind it.
    private final ObservableList<SidebarRow> shownRows =
            FXCollections.unmodifiableObservableList(rows);

    private final StringProperty filter = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper empty = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable String> current = new ReadOnlyObjectWrapper<>();
    private boolean known;

    private Scheduler delay = (_, _) -> () -> {};
    private HistorySearch search = (_, _) -> {};
    private Consumer<Set<String>> saveUnseen = _ -> {};
    private Runnable cancelSearch = () -> {};

    /// What the server found; null before it answers, or while nothing is looked for.
    private @Nullable List<SearchHit> hits;

    public SidebarViewModel(Clock clock, SidebarActions actions) {
        this.clock = clock;
        this.actions = actions;
        filter.subscribe(this::onFilter);
    }

    /// Asks the server for what was said, and gives the answer on the JavaFX thread; no answer if
    /// it fails.
    @FunctionalInterface
    public interface HistorySearch {
        void search(String words, Consumer<List<SearchHit>> answer);
    }

    /// From now on the filter also finds what was said.
    public void searches(Scheduler delay, HistorySearch by) {
        this.delay = delay;
        this.search = by;
    }

    /// From now on what is unseen outlives the window.
    ///
    /// @param before what was unseen when the window closed last
    /// @param keep is told whenever that changes
    public void remembers(Set<String> before, Consumer<Set<String>> keep) {
        unseen.addAll(before);
        this.saveUnseen = keep;
        refresh();
    }

    private void onFilter() {
        cancelSearch.run();
        hits = null;
        String words = filter.get().strip();
        if (words.length() >= MIN_SEARCH_LENGTH) {
            cancelSearch =
                    delay.schedule(
                            SEARCH_DELAY,
                            () ->
                                    search.search(
                                            words,
                                            found -> {
                                                if (words.equals(filter.get().strip())) {
                                                    hits = found;
                                                    refresh();
                                                }
                                            }));
        }
        refresh();
    }

    /// Another server: nothing is known yet.
    public void clear() {
        known = false;
        sessions.clear();
        hits = null;
        refresh();
    }

    public void setSessions(List<SessionInfo> all) {
        known = true;
        Map<String, SessionInfo> before = Map.copyOf(sessions);
        sessions.clear();
        all.forEach(s -> put(s, before.get(s.id())));
        refresh();
    }

    public void updateSession(SessionInfo changed) {
        known = true;
        put(changed, sessions.get(changed.id()));
        refresh();
    }

    private void put(SessionInfo now, @Nullable SessionInfo before) {
        boolean ended = before != null && before.activity().isBusy() && !now.activity().isBusy();
        if (ended && !now.id().equals(current.get())) {
            unseen.add(now.id());
            saveUnseen.accept(Set.copyOf(unseen));
        }
        sessions.put(now.id(), now);
    }

    public void removeSession(String id) {
        sessions.remove(id);
        markSeen(id);
        refresh();
    }

    /// The session that is open; seen now. Null if none is.
    public void setCurrent(@Nullable String id) {
        current.set(id);
        if (id != null) {
            markSeen(id);
        }
        refresh();
    }

    private void markSeen(String id) {
        if (unseen.remove(id)) {
            saveUnseen.accept(Set.copyOf(unseen));
        }
    }

    /// Makes the rows anew: something changed, or time has passed.
    public void refresh() {
        Instant now = clock.instant();
        List<SidebarRow> fresh = new ArrayList<>();
        String group = "";
        for (SessionInfo s : visible()) {
            String mine =
                    s.pinned() ? "Pinned" : RelativeTime.group(s.updatedAt(), now, clock.getZone());
            if (!mine.equals(group)) {
                group = mine;
                fresh.add(new SidebarRow.Heading(mine));
            }
            fresh.add(row(s, now));
        }
        List<SidebarRow> found = found();
        if (!found.isEmpty()) {
            fresh.add(new SidebarRow.Heading("Found in what was said"));
            fresh.addAll(found);
        }
        if (!rows.equals(fresh)) {
            rows.setAll(fresh);
        }
        empty.set(emptyWords());
    }

    private List<SidebarRow> found() {
        List<SidebarRow> found = new ArrayList<>();
        for (SearchHit hit : hits == null ? List.<SearchHit>of() : hits) {
            SessionInfo in = sessions.get(hit.sessionId());
            if (in != null) {
                found.add(new SidebarRow.Hit(hit.sessionId(), hit.seq(), title(in), hit.snippet()));
            }
        }
        return found;
    }

    private String emptyWords() {
        if (!rows.isEmpty()) {
            return "";
        }
        if (!filter.get().isBlank() && !sessions.isEmpty()) {
            String words = "“" + filter.get().strip() + "”";
            return hits == null
                    ? "No session has " + words + " in its title or folder."
                    : "Nothing found for "
                            + words
                            + ", neither in titles and folders nor in what was said.";
        }
        return known
                ? "The sessions of this server appear here, also those that other programs begin."
                : "";
    }

    private List<SessionInfo> visible() {
        String words = filter.get().strip().toLowerCase(Locale.ROOT);
        return sessions.values().stream()
                .filter(s -> !s.archived())
                .filter(s ->
                        words.isEmpty()
                                || title(s).toLowerCase(Locale.ROOT).contains(words)
                                || s.cwd().toLowerCase(Locale.ROOT).contains(words))
                .sorted(
                        Comparator.comparing(SessionInfo::pinned)
                                .thenComparing(SessionInfo.BY_LAST_CHANGE)
                                .reversed())
                .toList();
    }

    private SidebarRow row(SessionInfo s, Instant now) {
        return new SidebarRow.Session(
                s.id(),
                title(s),
                folder(s.cwd()),
                s.cwd(),
                RelativeTime.format(s.updatedAt(), now, clock.getZone()),
                badge(s),
                s.pinned());
    }

    private SessionBadge badge(SessionInfo s) {
        return switch (s.activity()) {
            case RUNNING, INTERRUPTING -> SessionBadge.WORKING;
            case ASKING, IDLE_ASKING -> SessionBadge.NEEDS_YOU;
            case FAILED -> SessionBadge.FAILED;
            case IDLE, ENDED -> unseen.contains(s.id()) ? SessionBadge.UNSEEN : SessionBadge.NONE;
        };
    }

    static String title(SessionInfo s) {
        return s.title().isBlank() ? "New session" : s.title();
    }

    /// The last part of a path, also of one from a server with another kind of path.
    static String folder(String cwd) {
        if (cwd.equals(System.getProperty("user.home"))) {
            return "Home";
        }
        int cut = Math.max(cwd.lastIndexOf('/'), cwd.lastIndexOf('\\'));
        return cut >= 0 && cut < cwd.length() - 1 ? cwd.substring(cut + 1) : cwd;
    }

    public @Nullable SessionInfo find(String id) {
        return sessions.get(id);
    }

    /// The folders that sessions were begun in, the last one first, each once.
    public List<Path> folders() {
        return sessions.values().stream()
                .sorted(SessionInfo.BY_LAST_CHANGE.reversed())
                .map(SessionInfo::cwd)
                .filter(cwd -> !cwd.isEmpty())
                .distinct()
                .flatMap(cwd -> path(cwd).stream())
                .toList();
    }

    /// Empty for a name that this process cannot write in its locale's characters, or that is none
    /// on this kind of computer.
    private static Optional<Path> path(String cwd) {
        try {
            return Optional.of(Path.of(cwd));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    public int askingCount() {
        return (int) sessions.values().stream().filter(s -> s.activity().isAsking()).count();
    }

    /// @param n from 1, as the rows stand; nothing happens if there is no such row
    public void openNumber(int n) {
        List<String> ids = ids();
        if (n <= ids.size()) {
            actions.open(ids.get(n - 1));
        }
    }

    /// @param by 1 for the next one down, -1 for the one above; wraps around
    public void openNeighbour(int by) {
        List<String> ids = ids();
        if (!ids.isEmpty()) {
            int at = current.get() == null ? -1 : ids.indexOf(current.get());
            int to = at < 0 ? (by > 0 ? 0 : ids.size() - 1) : Math.floorMod(at + by, ids.size());
            actions.open(ids.get(to));
        }
    }

    private List<String> ids() {
        return rows.stream()
                .filter(SidebarRow.Session.class::isInstance)
                .map(r -> ((SidebarRow.Session) r).id())
                .toList();
    }

    public SidebarActions actions() {
        return actions;
    }

    public ObservableList<SidebarRow> rows() {
        return shownRows;
    }

    public StringProperty filter() {
        return filter;
    }

    /// What is said where there is no row.
    public ReadOnlyStringProperty empty() {
        return empty.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable String> current() {
        return current.getReadOnlyProperty();
    }
}
