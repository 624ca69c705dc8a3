package dev.oriel.app.toast;

import dev.oriel.app.fx.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Short messages to the user, shown over the page. Information disappears after a while; an error
/// stays until the user dismisses it. Belongs to the JavaFX thread.
public final class Toasts {
    private static final Duration INFO_TIME = Duration.ofSeconds(6);
    private static final int MAX_TOASTS = 4;

    private final Scheduler scheduler;
    private final ObservableList<Toast> toasts = FXCollections.observableArrayList();

    /// Cancels the expiry of each information that is shown.
    private final Map<Toast, Runnable> cancelExpiry = new HashMap<>();

    /// One for all callers: the wrapped list holds its wrapper weakly.
    private final ObservableList<Toast> shownToasts =
            FXCollections.unmodifiableObservableList(toasts);

    public Toasts(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /// How serious a message is.
    public enum Level {
        INFO,
        ERROR
    }

    /// A message.
    public record Toast(Level level, String text) {}

    /// Shows information for a few seconds.
    public void info(String text) {
        Toast toast = new Toast(Level.INFO, text);
        add(toast);
        cancelExpiry.put(toast, scheduler.schedule(INFO_TIME, () -> dismiss(toast)));
    }

    /// Shows an error until it is dismissed.
    public void error(String text) {
        add(new Toast(Level.ERROR, text));
    }

    private void add(Toast toast) {
        dismiss(toast);
        toasts.add(toast);
        if (toasts.size() > MAX_TOASTS) {
            dismiss(toasts.getFirst());
        }
    }

    /// Removes a message.
    public void dismiss(Toast toast) {
        toasts.remove(toast);
        Runnable cancel = cancelExpiry.remove(toast);
        if (cancel != null) {
            cancel.run();
        }
    }

    /// The shown messages, oldest first; at most four.
    public ObservableList<Toast> all() {
        return shownToasts;
    }
}
