package dev.oriel.app.sidebar;

import dev.oriel.app.fx.Scheduler;
import dev.oriel.client.SearchHit;
import dev.oriel.client.SessionInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The rows of the sidebar: pinned sessions first, the rest grouped by day, newest first; with a
/// filter only those that match, and what was found in their messages. Belongs to the JavaFX
/// thread.
public final class SidebarViewModel {
    /// From this length on, characters, the filter also searches in messages.
    private static final int MIN_SEARCH_LENGTH = 2;

    /// How long the filter must stay unchanged before the search is sent.
    private static final Duration SEARCH_DELAY = Duration.ofMillis(200);

    private final SessionList sessions;
    private final SidebarActions actions;
    private final HistorySearch search;
    private final Scheduler scheduler;
    private final Clock clock;
    private final ObservableList<SidebarRow> rows = FXCollections.observableArrayList();

    /// One for all callers: the wrapped list holds its wrapper weakly.
    private final ObservableList<SidebarRow> shownRows =
            FXCollections.unmodifiableObservableList(rows);

    private final StringProperty filter = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper empty = new ReadOnlyStringWrapper("");
    private Runnable cancelSearch = () -> {};

    /// What the server found; null before it replies, or while nothing is searched for.
    private @Nullable List<SearchHit> hits;

    /// Searches the messages of all sessions on the server.
    @FunctionalInterface
    public interface HistorySearch {
        /// @param callback called on the JavaFX thread; never if the search fails
        void search(String words, Consumer<List<SearchHit>> callback);
    }

    public SidebarViewModel(
            SessionList sessions,
            SidebarActions actions,
            HistorySearch search,
            Scheduler scheduler,
            Clock clock) {
        this.sessions = sessions;
        this.actions = actions;
        this.search = search;
        this.scheduler = scheduler;
        this.clock = clock;
        sessions.sessions()
                .subscribe(all -> {
                    if (all == null) {
                        hits = null;
                    }
                    refresh();
                });
        sessions.current().subscribe(_ -> refresh());
        filter.subscribe(this::onFilter);
    }

    private void onFilter() {
        cancelSearch.run();
        hits = null;
        String words = filter.get().strip();
        if (words.length() >= MIN_SEARCH_LENGTH) {
            cancelSearch =
                    scheduler.schedule(
                            SEARCH_DELAY,
                            () -> search.search(words, found -> onFound(words, found)));
        }
        refresh();
    }

    private void onFound(String words, List<SearchHit> found) {
        if (words.equals(filter.get().strip())) {
            hits = found;
            refresh();
        }
    }

    /// Computes the rows anew, because something changed or time has passed.
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
            fresh.add(new SidebarRow.Heading("Found in messages"));
            fresh.addAll(found);
        }
        if (!rows.equals(fresh)) {
            rows.setAll(fresh);
        }
        empty.set(emptyText());
    }

    private List<SidebarRow> found() {
        List<SidebarRow> found = new ArrayList<>();
        for (SearchHit hit : hits == null ? List.<SearchHit>of() : hits) {
            SessionInfo in = sessions.find(hit.sessionId());
            if (in != null) {
                found.add(new SidebarRow.Hit(hit.sessionId(), hit.seq(), title(in), hit.snippet()));
            }
        }
        return found;
    }

    private String emptyText() {
        List<SessionInfo> all = sessions.sessions().get();
        if (!rows.isEmpty()) {
            return "";
        }
        if (!filter.get().isBlank() && all != null && !all.isEmpty()) {
            String words = "“" + filter.get().strip() + "”";
            return hits == null
                    ? "No session has " + words + " in its title or folder."
                    : "Nothing found for "
                            + words
                            + ", neither in titles and folders nor in messages.";
        }
        return all == null
                ? ""
                : "The sessions of this server appear here, including those that other programs"
                        + " start.";
    }

    private List<SessionInfo> visible() {
        List<SessionInfo> all = sessions.sessions().get();
        if (all == null) {
            return List.of();
        }
        String words = filter.get().strip().toLowerCase(Locale.ROOT);
        return all.stream()
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
            case IDLE, ENDED -> sessions.isUnseen(s.id()) ? SessionBadge.UNSEEN : SessionBadge.NONE;
        };
    }

    private static String title(SessionInfo s) {
        return s.title().isBlank() ? "New session" : s.title();
    }

    /// The last name of a path, also of a path in the syntax of another system.
    static String folder(String cwd) {
        if (cwd.equals(System.getProperty("user.home"))) {
            return "Home";
        }
        int cut = Math.max(cwd.lastIndexOf('/'), cwd.lastIndexOf('\\'));
        return cut >= 0 && cut < cwd.length() - 1 ? cwd.substring(cut + 1) : cwd;
    }

    /// Opens the session in a row, counted from 1; nothing happens if there is no such row.
    public void openNumber(int n) {
        List<String> ids = ids();
        if (n <= ids.size()) {
            actions.open(ids.get(n - 1));
        }
    }

    /// Opens the next session of the list, or the previous one; wraps around at the ends.
    ///
    /// @param by 1 for the next one down, -1 for the one above
    public void openNeighbour(int by) {
        List<String> ids = ids();
        if (!ids.isEmpty()) {
            String open = current().get();
            int at = open == null ? -1 : ids.indexOf(open);
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

    /// Text that is shown where there is no row; empty if there are rows.
    public ReadOnlyStringProperty empty() {
        return empty.getReadOnlyProperty();
    }

    /// The id of the open session; null if none is.
    public ReadOnlyObjectProperty<@Nullable String> current() {
        return sessions.current();
    }
}
