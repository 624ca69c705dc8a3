package dev.oriel.app.shell;

import dev.oriel.app.asks.Ask;
import dev.oriel.app.asks.SpokenAsk;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.app.composer.Turn;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.Item;
import dev.oriel.app.conversation.Spans;
import dev.oriel.app.text.SpokenMarkdown;
import java.util.List;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import org.jspecify.annotations.Nullable;

/// Tells in sentences what happens, for who cannot see it: that Claude works, what it answered once
/// it is done (nothing while it streams), what it asks, what went wrong, how the connection stands.
/// What was there before a session was opened is not told. Belongs to the JavaFX thread.
public final class Narration {
    /// The longest answer that is told, characters.
    private static final int LONGEST = 1_500;

    private final ShellViewModel shell;
    private final ComposerViewModel composer;
    private final Consumer<String> say;
    private Turn turn = new Turn.Quiet();

    /// Where the turn began: on another page nothing has ended.
    private Page began;

    private LinkWords link;
    private int queued;

    /// @param say hears the sentences
    public Narration(ShellViewModel shell, ComposerViewModel composer, Consumer<String> say) {
        this.shell = shell;
        this.composer = composer;
        this.say = say;
        this.link = shell.link().get();
        this.began = shell.page().get();
        composer.turn().subscribe(this::turned);
        composer.queue().addListener((ListChangeListener<QueuedPrompt>) _ -> queued());
        shell.ask().subscribe(this::asked);
        shell.link().subscribe(this::linked);
        shell.notices().all().addListener(this::noticed);
    }

    private void turned(Turn now) {
        Turn before = turn;
        Page page = shell.page().get();
        turn = now;
        if (!page.equals(began)) {
            began = page;
            before = new Turn.Quiet();
        }
        if (now instanceof Turn.Stopped(var took)) {
            say.accept("Stopped after " + Spans.words(took) + ".");
        } else if (now.busy() && !before.busy()) {
            say.accept("Claude is working.");
        } else if (before.busy() && !now.busy()) {
            ConversationModel talk = shell.conversation().get();
            say.accept(talk == null ? "Done." : outcome(talk.items()));
        }
    }

    /// What the last turn came to.
    private static String outcome(List<Item> items) {
        String answer = "";
        String trouble = "";
        for (int i = items.size() - 1; i >= 0 && !(items.get(i) instanceof Item.Prompt); i--) {
            if (items.get(i) instanceof Item.Answer a && answer.isEmpty()) {
                answer = "Claude: " + SpokenMarkdown.of(a.markdown(), LONGEST);
            } else if (items.get(i) instanceof Item.Notice n
                    && n.level() == Item.Level.ERROR
                    && trouble.isEmpty()) {
                trouble = "Failed: " + n.text();
            }
        }
        String told = (trouble + " " + answer).strip();
        return told.isEmpty() ? "Claude is done." : told;
    }

    private void queued() {
        int now = composer.queue().size();
        if (now > queued && shell.page().get() instanceof Page.Talk) {
            say.accept(now == 1 ? "Queued." : now + " messages are queued.");
        }
        queued = now;
    }

    private void asked(@Nullable Ask ask) {
        if (ask != null) {
            say.accept(SpokenAsk.of(ask));
        }
    }

    /// The seconds to the next attempt are not told, nor that a first connection was made.
    private void linked(LinkWords now) {
        LinkWords before = link;
        link = now;
        if (now.kind().equals(before.kind()) || now.kind().equals("connecting")) {
            return;
        }
        if (now.offline() || now.kind().equals("reconnecting")) {
            say.accept(now.offline() ? "Offline. " + now.detail() : now.detail());
        } else if (!before.kind().equals("connecting")) {
            say.accept("Connected again.");
        }
    }

    private void noticed(ListChangeListener.Change<? extends Notices.Notice> change) {
        while (change.next()) {
            change.getAddedSubList().forEach(n -> say.accept(n.text()));
        }
    }
}
