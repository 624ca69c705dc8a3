package dev.oriel.app.composer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.platform.FutureFailures;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The prompts that wait on the page that is open, and what the user does with them. Belongs to the
/// JavaFX thread.
public final class QueueViewModel {
    private final Receiver returned;
    private final Executor fx;
    private final Consumer<String> errors;

    private final ObservableList<QueuedPrompt> prompts = FXCollections.observableArrayList();

    /// One for all callers: the wrapped list holds its wrapper weakly.
    private final ObservableList<QueuedPrompt> shown =
            FXCollections.unmodifiableObservableList(prompts);

    private final ReadOnlyBooleanWrapper held = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper moved = new ReadOnlyStringWrapper("");
    private @Nullable ComposerTarget target;

    /// The order that was requested last, UUIDs; empty if the shown one is the newest.
    private List<String> requested = List.of();

    /// How many requests for another order have no reply yet.
    private int unanswered;

    private String addressee = "Claude";

    /// Receives the prompts that return to the text.
    interface Receiver {
        /// @param page key of the page
        /// @param content of a prompt with attachments; empty for one of text only
        void restore(String page, String text, Optional<JsonNode> content);
    }

    /// @param returned receives the prompts that are edited
    /// @param errors receives sentences for the user
    QueueViewModel(Receiver returned, Executor fx, Consumer<String> errors) {
        this.returned = returned;
        this.fx = fx;
        this.errors = errors;
    }

    /// Turns to another page, of which no waiting prompts are known.
    void attach(@Nullable ComposerTarget to) {
        target = to;
        requested = List.of();
        unanswered = 0;
        prompts.clear();
        held.set(false);
        moved.set("");
    }

    void setAddressee(String name) {
        addressee = name;
    }

    /// @param nowHeld whether the prompts wait until the user resumes the queue
    void update(List<QueuedPrompt> waiting, boolean nowHeld) {
        held.set(nowHeld && !waiting.isEmpty());
        if (!prompts.equals(waiting)) {
            prompts.setAll(waiting);
        }
        if (unanswered == 0) {
            requested = List.of();
        }
    }

    /// Removes a waiting prompt from the queue.
    public void remove(QueuedPrompt prompt) {
        withdraw(prompt, () -> {});
    }

    /// Moves a waiting prompt from the queue back into the text.
    ///
    /// @param callback called when it is there
    public void edit(QueuedPrompt prompt, Runnable callback) {
        ComposerTarget to = target;
        if (to != null) {
            // Once it is withdrawn, its content is known no more.
            Optional<JsonNode> content =
                    prompt.attachments().isEmpty() ? Optional.empty() : to.queuedContent(prompt);
            withdraw(
                    prompt,
                    () -> {
                        returned.restore(to.key(), prompt.text(), content);
                        callback.run();
                    });
        }
    }

    private void withdraw(QueuedPrompt prompt, Runnable callback) {
        if (target == null) {
            return;
        }
        target.withdraw(prompt)
                .whenCompleteAsync(
                        (withdrawn, failure) -> {
                            if (failure != null) {
                                errors.accept(FutureFailures.message(failure));
                            } else if (withdrawn) {
                                callback.run();
                            } else {
                                errors.accept(
                                        ComposerHint.capitalized(addressee)
                                                + " has already started this message.");
                            }
                        },
                        fx);
    }

    /// Moves a waiting prompt up or down among those that the server has. A further step counts
    /// from where the last one will have brought it, although the server has not confirmed that
    /// yet.
    ///
    /// @param by number of places, negative for up
    /// @return false if it cannot be moved there
    public boolean moveBy(QueuedPrompt prompt, int by) {
        List<String> order = QueueOrder.sent(prompts);
        boolean pending = requested.size() == order.size() && requested.containsAll(order);
        int at = (pending ? requested : order).indexOf(prompt.uuid());
        return at >= 0 && request(pending ? requested : List.of(), prompt, at + by);
    }

    /// Moves a waiting prompt to another place among those that the server has.
    ///
    /// @param to its new index in the queue
    /// @return false if it cannot be moved there
    public boolean move(QueuedPrompt prompt, int to) {
        return request(List.of(), prompt, to);
    }

    private boolean request(List<String> from, QueuedPrompt prompt, int to) {
        ComposerTarget on = target;
        List<String> order = QueueOrder.moved(prompts, from, prompt, to);
        if (on == null || order.isEmpty()) {
            return false;
        }
        requested = order;
        unanswered++;
        String sentence = "Moved to position %d of %d.".formatted(to + 1, order.size());
        on.reorder(order)
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (on.equals(target)) {
                                unanswered--;
                                requested = failure == null ? requested : List.of();
                            }
                            if (failure == null) {
                                // A sentence is announced again only if it changes.
                                moved.set("");
                                moved.set(sentence);
                            } else {
                                errors.accept(FutureFailures.message(failure));
                            }
                        },
                        fx);
        return true;
    }

    /// Interrupts the turn and sends a waiting prompt next.
    public void sendNow(QueuedPrompt prompt) {
        if (target != null) {
            report(target.sendNow(prompt));
        }
    }

    /// Hands a waiting prompt to the running turn.
    public void steer(QueuedPrompt prompt) {
        if (target != null) {
            report(target.steer(prompt));
        }
    }

    /// Starts the prompts that wait since the user interrupted a turn.
    public void resume() {
        if (target != null) {
            report(target.resumeQueue());
        }
    }

    private void report(CompletableFuture<Void> done) {
        done.whenCompleteAsync(
                (_, failure) -> {
                    if (failure != null) {
                        errors.accept(FutureFailures.message(failure));
                    }
                },
                fx);
    }

    /// Why the queue cannot be rearranged; empty if it can.
    public String whyFixed() {
        return target == null ? "" : target.whyQueueIsFixed();
    }

    /// The prompts that wait, in their order.
    public ObservableList<QueuedPrompt> prompts() {
        return shown;
    }

    /// Whether the queue waits until the user resumes it.
    public ReadOnlyBooleanProperty held() {
        return held.getReadOnlyProperty();
    }

    /// A sentence about the prompt that was moved last; empty if there is none.
    public ReadOnlyStringProperty moved() {
        return moved.getReadOnlyProperty();
    }
}
