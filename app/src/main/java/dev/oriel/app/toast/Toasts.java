package dev.oriel.app.toast;

import dev.oriel.app.fx.Scheduler;
import java.time.Duration;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Short words to the person that float over the page. A mere word goes by itself; trouble stays
/// until it is dismissed. Belongs to the JavaFX thread.
public final class Toasts {
    private static final Duration IN_SIGHT = Duration.ofSeconds(6);
    private static final int MOST = 4;

    private final Scheduler delay;
    private final ObservableList<Toast> notices = FXCollections.observableArrayList();

    /// One for all who look: the wrapper is held weakly by the list behind it.
    private final ObservableList<Toast> shownNotices =
            FXCollections.unmodifiableObservableList(notices);

    public Toasts(Scheduler delay) {
        this.delay = delay;
    }

    public enum Level {
        INFO,
        ERROR
    }

    public record Toast(Level level, String text) {}

    public void info(String text) {
        Toast notice = new Toast(Level.INFO, text);
        add(notice);
        delay.schedule(IN_SIGHT, () -> notices.remove(notice));
    }

    public void error(String text) {
        add(new Toast(Level.ERROR, text));
    }

    private void add(Toast notice) {
        notices.remove(notice);
        notices.add(notice);
        if (notices.size() > MOST) {
            notices.removeFirst();
        }
    }

    public void dismiss(Toast notice) {
        notices.remove(notice);
    }

    public ObservableList<Toast> all() {
        return shownNotices;
    }
}
