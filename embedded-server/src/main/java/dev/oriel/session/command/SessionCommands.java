package dev.oriel.session.command;

import dev.oriel.journal.JournalException;
import dev.oriel.session.api.SessionUpdate;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.control.ClientDeclarations;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.fanout.SessionOutput;
import dev.oriel.session.state.SessionModel;
import dev.oriel.session.tools.ClientTools;
import dev.oriel.session.turn.TurnRunner;
import java.util.concurrent.CompletableFuture;

/// What concerns a session as a whole: changing, ending and deleting it, and clients that leave.
/// Confined to the lane.
public final class SessionCommands {
    private final SessionModel model;
    private final SessionOutput output;
    private final TurnRunner turns;
    private final PromptCommands prompts;
    private final ClientTools tools;
    private final ClientDeclarations declarations;

    public SessionCommands(
            SessionModel model,
            SessionOutput output,
            TurnRunner turns,
            PromptCommands prompts,
            ClientTools tools,
            ClientDeclarations declarations) {
        this.model = model;
        this.output = output;
        this.turns = turns;
        this.prompts = prompts;
        this.tools = tools;
        this.declarations = declarations;
    }

    /// Detaches a client with all that it declared.
    public void unsubscribe(Subscriber subscriber) {
        output.unsubscribe(subscriber);
        if (declarations.withdraw(subscriber)) {
            turns.agent().replaceBeforeNextTurn();
        }
        turns.asks().denyUnanswerable();
    }

    /// @param done fails with [JournalException] if the change cannot be saved
    public void update(SessionUpdate update, CompletableFuture<SessionView> done) {
        model.details().update(update);
        try {
            output.save();
            output.markChanged();
            output.flush();
            done.complete(output.view());
        } catch (JournalException e) {
            done.completeExceptionally(e);
        }
    }

    /// Ends the agent, and cancels what waits.
    ///
    /// @param done completed when the agent is gone
    public void end(CompletableFuture<Void> done) {
        prompts.cancelAll(null);
        turns.agent().endSession(done);
    }

    /// Releases what the session holds, and detaches its subscribers: it was deleted.
    public void releaseAll() {
        model.prompts().releaseMemory();
        model.details().savedControls().releaseMemory();
        tools.clear();
        turns.agent().completeWaiting();
        output.delete();
    }
}
