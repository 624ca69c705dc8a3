package dev.oriel.app.composer;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
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

/// What the composer shows and does. One for the window; it is attached to whatever page is open,
/// and keeps each page's draft. Belongs to the JavaFX thread.
public final class ComposerViewModel {
    private final Drafts drafts;
    private final Executor fx;
    private final Clock clock;
    private final Consumer<String> trouble;

    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Turn> turn = new ReadOnlyObjectWrapper<>(new Turn.Quiet());
    private final ObservableList<QueuedPrompt> queue = FXCollections.observableArrayList();

    /// One for all who look: the wrapper is held weakly by the list behind it.
    private final ObservableList<QueuedPrompt> shownQueue =
            FXCollections.unmodifiableObservableList(queue);

    private @Nullable ComposerTarget target;
    private TurnTracker tracker;
    private SendKey sendKey = SendKey.ENTER;
    private boolean online;
    private String addressee = "Claude";
    private int recalled;

    /// @param trouble hears sentences for the person
    public ComposerViewModel(Drafts drafts, Executor fx, Clock clock, Consumer<String> trouble) {
        this.drafts = drafts;
        this.fx = fx;
        this.clock = clock;
        this.trouble = trouble;
        this.tracker = new TurnTracker(clock);
        text.subscribe(now -> {
            if (target != null) {
                drafts.keep(target.key(), now);
            }
        });
    }

    /// Turns to another page. The draft of the last one is kept, that of the new one comes back.
    ///
    /// @param to null for no page
    public void attach(@Nullable ComposerTarget to) {
        target = null;
        recalled = 0;
        tracker = new TurnTracker(clock);
        turn.set(tracker.turn());
        queue.clear();
        text.set(to == null ? "" : drafts.read(to.key()));
        target = to;
        tell();
    }

    /// Sends what is written, or queues it behind the turn that runs. Blank text does nothing.
    public void send() {
        ComposerTarget to = target;
        String prompt = text.get();
        if (to == null || prompt.isBlank()) {
            return;
        }
        recalled = 0;
        text.set("");
        to.send(prompt)
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (failure != null) {
                                giveBack(to, prompt);
                                trouble.accept(sentence(failure));
                            }
                        },
                        fx);
    }

    private void giveBack(ComposerTarget to, String prompt) {
        if (target != null && to.key().equals(target.key())) {
            text.set(text.get().isBlank() ? prompt : prompt + "\n\n" + text.get());
        } else {
            drafts.keep(to.key(), prompt);
        }
    }

    /// Stops the turn that runs; without one nothing happens.
    ///
    /// @return whether there was one
    public boolean stop() {
        ComposerTarget to = target;
        if (to == null || !tracker.stopPressed()) {
            return to != null && turn.get() instanceof Turn.Stopping;
        }
        TurnTracker stopped = tracker;
        tell();
        to.stop()
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (failure == null) {
                                stopped.receipt();
                            } else {
                                stopped.stopFailed();
                                trouble.accept("Could not be stopped: " + sentence(failure));
                            }
                            tell();
                        },
                        fx);
        return true;
    }

    /// Takes a waiting prompt out of the queue, for good.
    public void remove(QueuedPrompt prompt) {
        take(prompt, () -> {});
    }

    /// Takes a waiting prompt out of the queue and back into the field.
    public void edit(QueuedPrompt prompt) {
        ComposerTarget to = target;
        if (to != null) {
            take(prompt, () -> giveBack(to, prompt.text()));
        }
    }

    private void take(QueuedPrompt prompt, Runnable then) {
        if (target == null) {
            return;
        }
        target.withdraw(prompt)
                .whenCompleteAsync(
                        (taken, failure) -> {
                            if (failure != null) {
                                trouble.accept(sentence(failure));
                            } else if (taken) {
                                then.run();
                            } else {
                                trouble.accept("Claude has begun with this prompt already.");
                            }
                        },
                        fx);
    }

    /// Goes one prompt back in what was sent, from an empty field or from a recalled prompt nobody
    /// has changed.
    ///
    /// @return whether there was one
    public boolean recall() {
        List<String> sent = target == null ? List.of() : target.history();
        boolean untouched =
                recalled == 0
                        ? text.get().isEmpty()
                        : text.get().equals(sent.get(sent.size() - recalled));
        if (!untouched || recalled == sent.size()) {
            return false;
        }
        recalled++;
        text.set(sent.get(sent.size() - recalled));
        return true;
    }

    /// The session says whether a turn is under way.
    public void busy(boolean now) {
        if (now) {
            tracker.busy();
        } else {
            tracker.atRest();
        }
        tell();
    }

    public void queued(List<QueuedPrompt> waiting) {
        if (!queue.equals(waiting)) {
            queue.setAll(waiting);
        }
    }

    public void online(boolean now) {
        online = now;
        tell();
    }

    /// @param name who answers: "Claude", or "the demo"
    public void addressee(String name) {
        addressee = name;
        tell();
    }

    public void sendKey(SendKey key) {
        sendKey = key;
        tell();
    }

    public SendKey sendKey() {
        return sendKey;
    }

    private void tell() {
        turn.set(tracker.turn());
        String key = sendKey.label();
        if (target == null) {
            hint.set("");
        } else if (!online) {
            hint.set(key + " keeps your message until the connection is back");
        } else if (turn.get().busy()) {
            hint.set(key + " queues this for after the turn");
        } else {
            hint.set("Message " + addressee + "  ·  " + key + " sends");
        }
    }

    private static String sentence(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return String.valueOf(cause.getMessage());
    }

    public StringProperty text() {
        return text;
    }

    /// What the send key does right now.
    public ReadOnlyStringProperty hint() {
        return hint.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Turn> turn() {
        return turn.getReadOnlyProperty();
    }

    public ObservableList<QueuedPrompt> queue() {
        return shownQueue;
    }
}
