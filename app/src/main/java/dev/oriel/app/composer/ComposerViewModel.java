package dev.oriel.app.composer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.composer.attach.AttachmentsViewModel;
import dev.oriel.app.composer.complete.CompletionViewModel;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// What the composer shows and does. There is one for the window; it is attached to the page that
/// is open, and keeps the draft of each page. Belongs to the JavaFX thread.
public final class ComposerViewModel {
    private final DraftEditor editor;
    private final Executor fx;
    private final Consumer<String> errors;
    private final CompletionViewModel completion;
    private final PromptSearch search;
    private final AttachmentsViewModel attachments;

    private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper("");
    private final TurnViewModel turn;
    private final QueueViewModel queue;
    private final PromptDispatch dispatch;
    private @Nullable ComposerTarget target;
    private SendKey sendKey = SendKey.ENTER;
    private boolean online;
    private String addressee = "Claude";
    private @Nullable PromptRecall recall;
    private Runnable sent = () -> {};

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
        this.errors = errors;
        this.completion = new CompletionViewModel(fx);
        this.search = new PromptSearch(editor, fx, this::updateHint, this::attachIfTooLong);
        this.turn = new TurnViewModel(fx, clock, errors);
        this.queue = new QueueViewModel(this::restore, fx, errors);
        this.dispatch = new PromptDispatch(attachments, this::restore, fx, errors);
        turn.state().subscribe(_ -> updateHint());
    }

    /// Turns to another page and shows its draft.
    ///
    /// @param to null for no page
    public void attach(@Nullable ComposerTarget to) {
        if (recall != null) {
            recall.close();
        }
        target = to;
        turn.attach(to);
        queue.attach(to);
        search.close();
        editor.open(to == null ? null : to.key());
        recall = to == null ? null : new PromptRecall(to, editor, fx);
        attachments.open(to == null ? null : to.key());
        completion.attach(to);
        updateHint();
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
        completion.reset();
        CompletableFuture<Void> stored = dispatch.store(to, prompt);
        editor.keepUntil(stored, prompt);
        begin();
        dispatch.returnIfFailed(to, prompt, stored);
        sent.run();
    }

    /// After a recalled prompt was sent, the draft that was there before it is shown again.
    private void begin() {
        if (recall != null && recall.isRecalled()) {
            recall.showDraft();
            editor.begin(editor.draft());
        } else {
            editor.begin("");
        }
    }

    /// @param listener called whenever the user has sent the text
    public void setOnSent(Runnable listener) {
        sent = listener;
    }

    /// Sends a prompt once more, and leaves the text unchanged.
    public void sendAgain(String prompt) {
        ComposerTarget to = target;
        if (to != null) {
            dispatch.returnIfFailed(to, prompt, to.send(prompt));
        }
    }

    /// Interrupts the running turn, if there is one.
    ///
    /// @return whether a turn was running
    public boolean interrupt() {
        return turn.interrupt();
    }

    /// Puts a prompt whose turn was interrupted before anything happened before the draft.
    ///
    /// @param prompt a `user` message
    public void takeBack(Message prompt) {
        if (target != null) {
            takeBack(target.key(), prompt);
        }
    }

    /// Puts a prompt with its attachments before the draft of a page, which may not be open.
    ///
    /// @param page key of the page
    /// @param prompt a `user` message
    public void takeBack(String page, Message prompt) {
        JsonNode content = prompt.tree().path("message").path("content");
        restore(page, UserMessages.text(prompt.tree()), Optional.of(content));
    }

    /// Puts the text of a prompt before the draft of a page, which may not be open.
    ///
    /// @param page key of the page
    public void takeBack(String page, String prompt) {
        restore(page, prompt, Optional.empty());
    }

    /// Puts a text before the draft of the open page, for the user to send it.
    public void keep(String text) {
        if (target != null) {
            restore(target.key(), text, Optional.empty());
        }
    }

    private void restore(String page, String text, Optional<JsonNode> content) {
        if (recall != null && target != null && page.equals(target.key())) {
            recall.showDraft();
        }
        if (!attachments.addIfTooLong(page, text)) {
            editor.restore(page, text);
        }
        content.ifPresent(c -> attachments.restore(page, c));
    }

    private boolean attachIfTooLong(String prompt) {
        return target != null && attachments.addIfTooLong(target.key(), prompt);
    }

    /// Recalls the prompt before the one that is shown; see [PromptRecall].
    ///
    /// @param callback called whenever a prompt was put into the text
    /// @return whether that has happened already
    public boolean recallOlder(Runnable callback) {
        return recall != null && recall.showOlder(callback);
    }

    /// Recalls the prompt after the one that is shown, and at the end the draft.
    ///
    /// @param callback called if the text has changed
    /// @return false if the text is not a recalled prompt
    public boolean recallNewer(Runnable callback) {
        return recall != null && recall.showNewer(callback);
    }

    /// Whether the text is a recalled prompt that was not edited.
    public boolean isRecalled() {
        return recall != null && recall.isRecalled();
    }

    /// @param busy whether a turn is running
    public void setBusy(boolean busy) {
        turn.setBusy(busy);
    }

    /// @param held whether the prompts wait until the user resumes the queue
    public void updateQueue(List<QueuedPrompt> waiting, boolean held) {
        queue.update(waiting, held);
        updateHint();
    }

    /// @param connected whether a prompt can be sent at once
    public void setOnline(boolean connected) {
        online = connected;
        updateHint();
    }

    /// @param name of the agent in a sentence: "Claude", or "the demo"
    public void setAddressee(String name) {
        addressee = name;
        queue.setAddressee(name);
        updateHint();
    }

    public void setSendKey(SendKey key) {
        sendKey = key;
        updateHint();
    }

    public SendKey sendKey() {
        return sendKey;
    }

    private void updateHint() {
        hint.set(
                target == null
                        ? ""
                        : search.isOpen()
                                ? ComposerHint.SEARCHING
                                : ComposerHint.of(
                                        sendKey.label(),
                                        online,
                                        turn.state().get().isBusy(),
                                        queue.held().get(),
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
            if (recall != null) {
                recall.keepOrReturn();
            }
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
        return turn.state();
    }

    /// The prompts that wait.
    public QueueViewModel queue() {
        return queue;
    }

    /// Counts the texts that were begun, so that no older one is undone.
    ReadOnlyIntegerProperty begun() {
        return editor.begun();
    }
}
