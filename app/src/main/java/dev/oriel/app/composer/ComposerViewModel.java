package dev.oriel.app.composer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.composer.attach.AttachmentsViewModel;
import dev.oriel.app.composer.complete.CompletionViewModel;
import dev.oriel.platform.FutureFailures;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// What the composer shows and does. There is one for the window; it is attached to the page that
/// is open, and keeps the draft of each page. Belongs to the JavaFX thread.
public final class ComposerViewModel {
    private final DraftEditor editor;
    private final Executor fx;
    private final Clock clock;
    private final Consumer<String> errors;
    private final CompletionViewModel completion;
    private final PromptSearch search;
    private final AttachmentsViewModel attachments;

    private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<TurnState> turn =
            new ReadOnlyObjectWrapper<>(new TurnState.Idle());
    private final ObservableList<QueuedPrompt> queue = FXCollections.observableArrayList();

    /// One for all callers: the wrapped list holds its wrapper weakly.
    private final ObservableList<QueuedPrompt> shownQueue =
            FXCollections.unmodifiableObservableList(queue);

    private final ReadOnlyBooleanWrapper held = new ReadOnlyBooleanWrapper();

    private @Nullable ComposerTarget target;
    private TurnTracker tracker;
    private SendKey sendKey = SendKey.ENTER;
    private boolean online;
    private String addressee = "Claude";
    private @Nullable PromptRecall recall;
    private Runnable sent = () -> {};

    /// Completes when the last prompt is stored.
    private CompletableFuture<Void> lastStored = CompletableFuture.completedFuture(null);

    /// @param errors receives sentences for the user
    public ComposerViewModel(
            DraftStore drafts,
            AttachmentsViewModel attachments,
            Executor fx,
            Clock clock,
            Consumer<String> errors) {
        this.attachments = attachments;
        this.editor = new DraftEditor(drafts);
        this.fx = fx;
        this.clock = clock;
        this.errors = errors;
        this.completion = new CompletionViewModel(fx);
        this.search = new PromptSearch(editor, fx, this::updateTurnAndHint);
        this.tracker = new TurnTracker(clock);
    }

    /// Turns to another page and shows its draft.
    ///
    /// @param to null for no page
    public void attach(@Nullable ComposerTarget to) {
        if (recall != null) {
            recall.close();
        }
        recall = to == null ? null : new PromptRecall(to, editor.text(), fx);
        tracker = new TurnTracker(clock);
        turn.set(tracker.turn());
        queue.clear();
        held.set(false);
        search.close();
        editor.open(to == null ? null : to.key());
        target = to;
        attachments.open(to == null ? null : to.key());
        completion.attach(to);
        updateTurnAndHint();
    }

    /// Sends the text, or queues it after the running turn. A blank text is not sent.
    public void send() {
        ComposerTarget to = target;
        if (search.take()) {
            return; // the text was a query
        }
        String prompt = editor.text().get();
        if (to == null || (prompt.isBlank() && attachments.attachments().isEmpty())) {
            return;
        }
        String problem = attachments.problem();
        if (!problem.isEmpty()) {
            errors.accept(problem);
            return;
        }
        if (recall != null) {
            recall.reset();
        }
        // The prompt's write is queued first, the draft's deletion after it on the same thread.
        completion.reset();
        CompletableFuture<Void> stored = store(to, prompt);
        editor.text().set("");
        restoreIfFailed(to, prompt, stored);
        sent.run();
    }

    /// Stores a prompt after the one before it, whose attachments may still be read.
    private CompletableFuture<Void> store(ComposerTarget to, String prompt) {
        CompletableFuture<Void> before = lastStored;
        CompletableFuture<Void> stored =
                attachments.send(
                        prompt,
                        content ->
                                before.isDone()
                                        ? to.send(content)
                                        : before.handle((_, _) -> content)
                                                .thenComposeAsync(to::send, fx));
        lastStored = stored;
        return stored;
    }

    /// @param listener called whenever the user has sent the text
    public void setOnSent(Runnable listener) {
        sent = listener;
    }

    /// Sends a prompt once more, and leaves the text unchanged.
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
                        editor.restore(to.key(), prompt);
                        errors.accept(FutureFailures.message(failure));
                    }
                },
                fx);
    }

    /// Interrupts the running turn, if there is one.
    ///
    /// @return whether a turn was running
    public boolean interrupt() {
        ComposerTarget to = target;
        if (to == null || !tracker.requestInterrupt()) {
            return to != null && turn.get() instanceof TurnState.Interrupting;
        }
        TurnTracker interrupted = tracker;
        updateTurnAndHint();
        to.interrupt()
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (failure == null) {
                                interrupted.onInterruptConfirmed();
                            } else {
                                interrupted.onInterruptFailed();
                                errors.accept(
                                        "The turn could not be stopped: "
                                                + FutureFailures.message(failure));
                            }
                            updateTurnAndHint();
                        },
                        fx);
        return true;
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
            Optional<JsonNode> content =
                    prompt.attachments().isEmpty() ? Optional.empty() : to.queuedContent(prompt);
            withdraw(
                    prompt,
                    () -> {
                        editor.restore(to.key(), prompt.text());
                        content.ifPresent(c -> attachments.restore(to.key(), c));
                        callback.run();
                    });
        }
    }

    /// Moves a waiting prompt to another place among those that the server has.
    ///
    /// @param to its new index in the queue
    /// @return false if it cannot be moved there
    public boolean move(QueuedPrompt prompt, int to) {
        List<String> order = QueueOrder.moved(queue, prompt, to);
        if (target == null || order.isEmpty()) {
            return false;
        }
        report(target.reorder(order));
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

    /// Why the queue cannot be rearranged; empty if it can.
    public String whyQueueIsFixed() {
        return target == null ? "" : target.whyQueueIsFixed();
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

    /// Starts the prompts that wait since the user interrupted a turn.
    public void resumeQueue() {
        if (target != null) {
            target.resumeQueue()
                    .exceptionallyAsync(
                            failure -> {
                                errors.accept(FutureFailures.message(failure));
                                return null;
                            },
                            fx);
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

    /// Recalls the prompt that was sent before; see [PromptRecall].
    ///
    /// @param callback called whenever a prompt was put into the text
    /// @return whether that has happened already
    public boolean recall(Runnable callback) {
        return recall != null && recall.previous(callback);
    }

    /// @param busy whether a turn is running
    public void setBusy(boolean busy) {
        if (busy) {
            tracker.onBusy();
        } else {
            tracker.onIdle();
        }
        updateTurnAndHint();
    }

    /// @param nowHeld whether the prompts wait until the user resumes the queue
    public void updateQueue(List<QueuedPrompt> waiting, boolean nowHeld) {
        held.set(nowHeld && !waiting.isEmpty());
        if (!queue.equals(waiting)) {
            queue.setAll(waiting);
        }
        updateTurnAndHint();
    }

    /// @param connected whether a prompt can be sent at once
    public void setOnline(boolean connected) {
        online = connected;
        updateTurnAndHint();
    }

    /// @param name of the agent in a sentence: "Claude", or "the demo"
    public void setAddressee(String name) {
        addressee = name;
        updateTurnAndHint();
    }

    public void setSendKey(SendKey key) {
        sendKey = key;
        updateTurnAndHint();
    }

    public SendKey sendKey() {
        return sendKey;
    }

    private void updateTurnAndHint() {
        turn.set(tracker.turn());
        hint.set(
                target == null
                        ? ""
                        : search.isOpen()
                                ? ComposerHint.SEARCHING
                                : ComposerHint.of(
                                        sendKey.label(),
                                        online,
                                        turn.get().isBusy(),
                                        held.get(),
                                        addressee));
    }

    /// Deletes the draft of a session that was deleted.
    public void deleteDraft(String key) {
        editor.delete(key);
        attachments.delete(key);
    }

    /// What is attached to the prompt.
    public AttachmentsViewModel attachments() {
        return attachments;
    }

    /// Searches earlier prompts, or switches between those of the folder and all of them.
    public void searchPrompts() {
        if (target != null) {
            completion.reset();
            search.openOrToggle(target);
        }
    }

    /// The search for earlier prompts.
    public PromptSearch search() {
        return search;
    }

    /// The picker of commands and files.
    public CompletionViewModel completion() {
        return completion;
    }

    /// The text of the composer.
    public StringProperty text() {
        return editor.text();
    }

    /// A sentence about what the send key does now.
    public ReadOnlyStringProperty hint() {
        return hint.getReadOnlyProperty();
    }

    /// The state of the session's turn.
    public ReadOnlyObjectProperty<TurnState> turn() {
        return turn.getReadOnlyProperty();
    }

    /// The prompts that wait, in their order.
    public ObservableList<QueuedPrompt> queue() {
        return shownQueue;
    }

    /// Whether the queue waits until the user resumes it.
    public ReadOnlyBooleanProperty held() {
        return held.getReadOnlyProperty();
    }
}
