package dev.oriel.app.composer;

import dev.oriel.platform.FutureFailures;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
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
    private final DraftStore drafts;
    private final Executor fx;
    private final Clock clock;
    private final Consumer<String> trouble;

    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<TurnState> turn =
            new ReadOnlyObjectWrapper<>(new TurnState.Idle());
    private final ObservableList<QueuedPrompt> queue = FXCollections.observableArrayList();

    /// One for all who look: the wrapper is held weakly by the list behind it.
    private final ObservableList<QueuedPrompt> shownQueue =
            FXCollections.unmodifiableObservableList(queue);

    private final ReadOnlyBooleanWrapper held = new ReadOnlyBooleanWrapper();

    private @Nullable ComposerTarget target;
    private TurnTracker tracker;
    private SendKey sendKey = SendKey.ENTER;
    private boolean online;
    private String addressee = "Claude";
    private int recalled;
    private Runnable sent = () -> {};

    /// @param trouble hears sentences for the person
    public ComposerViewModel(
            DraftStore drafts, Executor fx, Clock clock, Consumer<String> trouble) {
        this.drafts = drafts;
        this.fx = fx;
        this.clock = clock;
        this.trouble = trouble;
        this.tracker = new TurnTracker(clock);
        text.subscribe(now -> {
            if (target != null) {
                drafts.save(target.key(), now);
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
        held.set(false);
        text.set(to == null ? "" : drafts.get(to.key()));
        target = to;
        update();
    }

    /// Sends what is written, or queues it behind the turn that runs. Blank text does nothing.
    public void send() {
        ComposerTarget to = target;
        String prompt = text.get();
        if (to == null || prompt.isBlank()) {
            return;
        }
        recalled = 0;
        // The draft is deleted on disk by the thread that stores the prompt, so after that.
        CompletableFuture<Void> stored = to.send(prompt);
        text.set("");
        restoreIfFailed(to, prompt, stored);
        sent.run();
    }

    /// @param then run whenever the user has sent what is written
    public void onSent(Runnable then) {
        sent = then;
    }

    /// Sends a prompt once more, and leaves what is written alone.
    public void sendAgain(String prompt) {
        ComposerTarget to = target;
        if (to != null) {
            restoreIfFailed(to, prompt, to.send(prompt));
        }
    }

    private void restoreIfFailed(ComposerTarget to, String prompt, CompletableFuture<Void> stored) {
        stored.whenCompleteAsync(
                (_, failure) -> {
                    if (failure != null) {
                        restoreText(to, prompt);
                        trouble.accept(FutureFailures.message(failure));
                    }
                },
                fx);
    }

    private void restoreText(ComposerTarget to, String prompt) {
        if (target != null && to.key().equals(target.key())) {
            text.set(joined(prompt, text.get()));
        } else {
            String draft = drafts.get(to.key());
            drafts.save(to.key(), joined(prompt, draft));
        }
    }

    private static String joined(String prompt, String draft) {
        return draft.isBlank() ? prompt : prompt + "\n\n" + draft;
    }

    /// Stops the turn that runs; without one nothing happens.
    ///
    /// @return whether there was one
    public boolean interrupt() {
        ComposerTarget to = target;
        if (to == null || !tracker.requestStop()) {
            return to != null && turn.get() instanceof TurnState.Stopping;
        }
        TurnTracker stopped = tracker;
        update();
        to.interrupt()
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (failure == null) {
                                stopped.onStopConfirmed();
                            } else {
                                stopped.onStopFailed();
                                trouble.accept(
                                        "Could not be stopped: " + FutureFailures.message(failure));
                            }
                            update();
                        },
                        fx);
        return true;
    }

    /// Takes a waiting prompt out of the queue, for good.
    public void remove(QueuedPrompt prompt) {
        withdraw(prompt, () -> {});
    }

    /// Takes a waiting prompt out of the queue and back into the field.
    ///
    /// @param then called once it is there
    public void edit(QueuedPrompt prompt, Runnable then) {
        ComposerTarget to = target;
        if (to != null) {
            withdraw(
                    prompt,
                    () -> {
                        restoreText(to, prompt.text());
                        then.run();
                    });
        }
    }

    /// Begins with what a stop has held.
    public void resumeQueue() {
        if (target != null) {
            target.resumeQueue()
                    .whenCompleteAsync(
                            (_, failure) -> {
                                if (failure != null) {
                                    trouble.accept(FutureFailures.message(failure));
                                }
                            },
                            fx);
        }
    }

    private void withdraw(QueuedPrompt prompt, Runnable then) {
        if (target == null) {
            return;
        }
        target.withdraw(prompt)
                .whenCompleteAsync(
                        (taken, failure) -> {
                            if (failure != null) {
                                trouble.accept(FutureFailures.message(failure));
                            } else if (taken) {
                                then.run();
                            } else {
                                trouble.accept("Claude has begun with this prompt already.");
                            }
                        },
                        fx);
    }

    /// Goes one prompt back in what was sent, from an empty field or from a recalled prompt nobody
    /// has changed. Where none is known any more the server is asked for older ones, and the prompt
    /// comes a moment later.
    ///
    /// @param then called whenever a prompt was put into the field
    /// @return whether that is done already
    public boolean recall(Runnable then) {
        ComposerTarget to = target;
        if (to == null || !isUnedited(to.history())) {
            return false;
        }
        if (recallNext(to, then)) {
            return true;
        }
        to.loadOlderHistory()
                .whenCompleteAsync(
                        (more, failure) -> {
                            if (failure == null
                                    && more
                                    && to.equals(target)
                                    && isUnedited(to.history())) {
                                recallNext(to, then);
                            }
                        },
                        fx);
        return false;
    }

    private boolean isUnedited(List<String> sent) {
        return recalled == 0
                ? text.get().isEmpty()
                : recalled <= sent.size() && text.get().equals(sent.get(sent.size() - recalled));
    }

    private boolean recallNext(ComposerTarget to, Runnable then) {
        List<String> sent = to.history();
        if (recalled >= sent.size()) {
            return false;
        }
        recalled++;
        text.set(sent.get(sent.size() - recalled));
        then.run();
        return true;
    }

    /// The session says whether a turn is under way.
    public void setBusy(boolean now) {
        if (now) {
            tracker.onBusy();
        } else {
            tracker.onIdle();
        }
        update();
    }

    /// @param nowHeld whether what waits is not begun until the user goes on
    public void updateQueue(List<QueuedPrompt> waiting, boolean nowHeld) {
        held.set(nowHeld && !waiting.isEmpty());
        if (!queue.equals(waiting)) {
            queue.setAll(waiting);
        }
        update();
    }

    public void setOnline(boolean now) {
        online = now;
        update();
    }

    /// @param name who answers: "Claude", or "the demo"
    public void setAddressee(String name) {
        addressee = name;
        update();
    }

    public void setSendKey(SendKey key) {
        sendKey = key;
        update();
    }

    public SendKey sendKey() {
        return sendKey;
    }

    private void update() {
        turn.set(tracker.turn());
        String key = sendKey.label();
        if (target == null) {
            hint.set("");
        } else if (!online) {
            hint.set(key + " keeps your message until the connection is back");
        } else if (turn.get().isBusy()) {
            hint.set(key + " queues this for after the turn");
        } else if (held.get()) {
            hint.set(key + " sends this behind what waits, and goes on");
        } else {
            hint.set("Message " + addressee + "  ·  " + key + " sends");
        }
    }

    public StringProperty text() {
        return text;
    }

    /// What the send key does right now.
    public ReadOnlyStringProperty hint() {
        return hint.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<TurnState> turn() {
        return turn.getReadOnlyProperty();
    }

    public ObservableList<QueuedPrompt> queue() {
        return shownQueue;
    }

    /// Whether the queue is not begun until the user goes on.
    public ReadOnlyBooleanProperty held() {
        return held.getReadOnlyProperty();
    }
}
