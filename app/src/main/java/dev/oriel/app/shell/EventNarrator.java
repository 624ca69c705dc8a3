package dev.oriel.app.shell;

import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.asks.request.AskAnnouncement;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.app.composer.TurnState;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.item.Durations;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.text.markdown.SpokenMarkdown;
import dev.oriel.app.toast.Toasts;
import java.util.List;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// Describes events in sentences for a screen reader: that Claude works, its answer once it is
/// complete, its asks, errors, and the status of the connection. What a session held before it was
/// opened is not announced. Belongs to the JavaFX thread.
public final class EventNarrator implements AutoCloseable {
    /// How much of an answer is announced, characters.
    private static final int MAX_ANSWER_LENGTH = 1_500;

    private final ShellViewModel shell;
    private final ComposerViewModel composer;
    private final Consumer<String> announce;
    private TurnState turn = new TurnState.Idle();

    /// The page that [#turn] is of: on another page no turn has ended.
    private WindowPage turnPage;

    private ConnectionLabel connection;
    private int queued;
    private final ListChangeListener<QueuedPrompt> queueListener = _ -> onQueue();
    private final ListChangeListener<Toasts.Toast> toastListener = this::onToasts;
    private final Subscription subscription;

    /// @param announce receives the sentences
    public EventNarrator(
            ShellViewModel shell, ComposerViewModel composer, Consumer<String> announce) {
        this.shell = shell;
        this.composer = composer;
        this.announce = announce;
        this.connection = shell.connection().get();
        this.turnPage = shell.page().get();
        composer.queue().prompts().addListener(queueListener);
        shell.toasts().all().addListener(toastListener);
        subscription =
                Subscription.combine(
                        composer.turn().subscribe(this::onTurn),
                        () -> composer.queue().prompts().removeListener(queueListener),
                        composer.queue().moved().subscribe(this::onMoved),
                        shell.ask().subscribe(this::onAsk),
                        shell.connection().subscribe(this::onConnection),
                        () -> shell.toasts().all().removeListener(toastListener));
    }

    /// Announces nothing from now on.
    @Override
    public void close() {
        subscription.unsubscribe();
    }

    private void onTurn(TurnState now) {
        TurnState before = turn;
        WindowPage page = shell.page().get();
        turn = now;
        if (!page.equals(turnPage)) {
            turnPage = page;
            before = new TurnState.Idle();
        }
        if (now instanceof TurnState.Interrupted(var took)) {
            announce.accept("Stopped after " + Durations.format(took) + ".");
        } else if (now.isBusy() && !before.isBusy()) {
            announce.accept("Claude is working.");
        } else if (before.isBusy() && !now.isBusy()) {
            ConversationModel conversation = shell.conversation().get();
            announce.accept(conversation == null ? "Done." : outcome(conversation.items()));
        }
    }

    /// The answer or the error of the last turn.
    private static String outcome(List<Item> items) {
        String answer = "";
        String error = "";
        for (int i = items.size() - 1; i >= 0 && !(items.get(i) instanceof Item.Prompt); i--) {
            if (items.get(i) instanceof Item.Answer a && answer.isEmpty()) {
                answer = "Claude: " + SpokenMarkdown.of(a.markdown(), MAX_ANSWER_LENGTH);
            } else if (items.get(i) instanceof Item.Notice n
                    && n.level() == Item.Level.ERROR
                    && error.isEmpty()) {
                error = "Failed: " + n.text();
            }
        }
        String sentence = (error + " " + answer).strip();
        return sentence.isEmpty() ? "Claude is done." : sentence;
    }

    private void onQueue() {
        int now = composer.queue().prompts().size();
        if (now > queued && shell.page().get() instanceof WindowPage.Conversation) {
            announce.accept(now == 1 ? "Queued." : now + " messages are queued.");
        }
        queued = now;
    }

    private void onMoved(String sentence) {
        if (!sentence.isEmpty()) {
            announce.accept(sentence);
        }
    }

    private void onAsk(@Nullable Ask ask) {
        if (ask != null) {
            announce.accept(AskAnnouncement.of(ask));
        }
    }

    /// Neither the countdown to the next attempt nor the first connection is announced.
    private void onConnection(ConnectionLabel now) {
        ConnectionLabel before = connection;
        connection = now;
        if (now.state() == before.state() || now.isConnecting()) {
            return;
        }
        if (now.isOffline() || now.state() == ConnectionLabel.State.RECONNECTING) {
            announce.accept(now.isOffline() ? "Offline. " + now.detail() : now.detail());
        } else if (!before.isConnecting()) {
            announce.accept("Connected again.");
        }
    }

    private void onToasts(ListChangeListener.Change<? extends Toasts.Toast> change) {
        while (change.next()) {
            change.getAddedSubList().forEach(toast -> announce.accept(toast.text()));
        }
    }
}
