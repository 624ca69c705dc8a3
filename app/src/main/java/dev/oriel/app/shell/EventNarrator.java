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

/// Tells in sentences what happens, for who cannot see it: that Claude works, what it answered once
/// it is done (nothing while it streams), what it asks, what went wrong, how the connection stands.
/// What was there before a session was opened is not told. Belongs to the JavaFX thread.
public final class EventNarrator implements AutoCloseable {
    /// The longest answer that is told, characters.
    private static final int MAX_ANSWER_LENGTH = 1_500;

    private final ShellViewModel shell;
    private final ComposerViewModel composer;
    private final Consumer<String> announce;
    private TurnState turn = new TurnState.Idle();

    /// Where the turn began: on another page nothing has ended.
    private WindowPage began;

    private ConnectionLabel link;
    private int queued;
    private final ListChangeListener<QueuedPrompt> queueListener = _ -> onQueue();
    private final ListChangeListener<Toasts.Toast> toastListener = this::onToasts;
    private final Subscription subscription;

    /// @param say hears the sentences
    public EventNarrator(ShellViewModel shell, ComposerViewModel composer, Consumer<String> say) {
        this.shell = shell;
        this.composer = composer;
        this.announce = say;
        this.link = shell.connection().get();
        this.began = shell.page().get();
        composer.queue().addListener(queueListener);
        shell.toasts().all().addListener(toastListener);
        subscription =
                Subscription.combine(
                        composer.turn().subscribe(this::onTurn),
                        () -> composer.queue().removeListener(queueListener),
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
        if (!page.equals(began)) {
            began = page;
            before = new TurnState.Idle();
        }
        if (now instanceof TurnState.Stopped(var took)) {
            announce.accept("Stopped after " + Durations.format(took) + ".");
        } else if (now.isBusy() && !before.isBusy()) {
            announce.accept("Claude is working.");
        } else if (before.isBusy() && !now.isBusy()) {
            ConversationModel talk = shell.conversation().get();
            announce.accept(talk == null ? "Done." : outcome(talk.items()));
        }
    }

    /// What the last turn came to.
    private static String outcome(List<Item> items) {
        String answer = "";
        String trouble = "";
        for (int i = items.size() - 1; i >= 0 && !(items.get(i) instanceof Item.Prompt); i--) {
            if (items.get(i) instanceof Item.Answer a && answer.isEmpty()) {
                answer = "Claude: " + SpokenMarkdown.of(a.markdown(), MAX_ANSWER_LENGTH);
            } else if (items.get(i) instanceof Item.Notice n
                    && n.level() == Item.Level.ERROR
                    && trouble.isEmpty()) {
                trouble = "Failed: " + n.text();
            }
        }
        String told = (trouble + " " + answer).strip();
        return told.isEmpty() ? "Claude is done." : told;
    }

    private void onQueue() {
        int now = composer.queue().size();
        if (now > queued && shell.page().get() instanceof WindowPage.Conversation) {
            announce.accept(now == 1 ? "Queued." : now + " messages are queued.");
        }
        queued = now;
    }

    private void onAsk(@Nullable Ask ask) {
        if (ask != null) {
            announce.accept(AskAnnouncement.of(ask));
        }
    }

    /// The seconds to the next attempt are not told, nor that a first connection was made.
    private void onConnection(ConnectionLabel now) {
        ConnectionLabel before = link;
        link = now;
        if (now.style().equals(before.style()) || now.style().equals("connecting")) {
            return;
        }
        if (now.isOffline() || now.style().equals("reconnecting")) {
            announce.accept(now.isOffline() ? "Offline. " + now.detail() : now.detail());
        } else if (!before.style().equals("connecting")) {
            announce.accept("Connected again.");
        }
    }

    private void onToasts(ListChangeListener.Change<? extends Toasts.Toast> change) {
        while (change.next()) {
            change.getAddedSubList().forEach(n -> announce.accept(n.text()));
        }
    }
}
