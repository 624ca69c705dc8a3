package dev.oriel.app.shell;

import dev.oriel.app.asks.Delay;
import java.time.Duration;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Short words to the person that float over the page. A mere word goes by itself; trouble stays
/// until it is dismissed. Belongs to the JavaFX thread.
public final class Notices {
    private static final Duration IN_SIGHT = Duration.ofSeconds(6);
    private static final int MOST = 4;

    private final Delay delay;
    private final ObservableList<Notice> notices = FXCollections.observableArrayList();

    /// One for all who look: the wrapper is held weakly by the list behind it.
    private final ObservableList<Notice> shownNotices =
            FXCollections.unmodifiableObservableList(notices);

    public Notices(Delay delay) {
        this.delay = delay;
    }

    public enum Level {
        WORD,
        TROUBLE
    }

    public record Notice(Level level, String text) {}

    public void word(String text) {
        Notice notice = new Notice(Level.WORD, text);
        add(notice);
        delay.after(IN_SIGHT, () -> notices.remove(notice));
    }

    public void trouble(String text) {
        add(new Notice(Level.TROUBLE, text));
    }

    private void add(Notice notice) {
        notices.remove(notice);
        notices.add(notice);
        if (notices.size() > MOST) {
            notices.removeFirst();
        }
    }

    public void dismiss(Notice notice) {
        notices.remove(notice);
    }

    public ObservableList<Notice> all() {
        return shownNotices;
    }
}
