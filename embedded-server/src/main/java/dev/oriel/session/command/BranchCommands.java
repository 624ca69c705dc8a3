package dev.oriel.session.command;

import dev.oriel.journal.JournalException;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import dev.oriel.session.api.SeqRange;
import dev.oriel.session.api.SessionBusyException;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.branch.BranchPoint;
import dev.oriel.session.branch.BranchSource;
import dev.oriel.session.branch.Lineage;
import dev.oriel.session.fanout.SessionOutput;
import dev.oriel.session.state.SessionModel;
import dev.oriel.session.turn.TurnRunner;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// What a session does for its branches. Confined to the lane.
public final class BranchCommands {
    private final SessionModel model;
    private final SessionOutput output;
    private final TurnRunner turns;

    public BranchCommands(SessionModel model, SessionOutput output, TurnRunner turns) {
        this.model = model;
        this.output = output;
        this.turns = turns;
    }

    /// The session at this moment. A turn may be running.
    public BranchSource source() {
        return new BranchSource(
                model.details().toRecord(output.writtenSeq()), model.details().lineage());
    }

    /// Rewinds the conversation: what came after a point is no longer part of it, and the next
    /// agent starts with a branch from there. The messages stay in the journal.
    ///
    /// @param before seq of the first message to rewind
    /// @param point where the branch begins
    /// @param known the lineage by which the point was found
    /// @param done fails with [SessionBusyException] if the session works, or was rewound since;
    ///   with [JournalException] if it cannot be saved
    public void rewind(
            long before, BranchPoint point, Lineage known, CompletableFuture<SessionView> done) {
        if (isBusy()) {
            done.completeExceptionally(
                    new SessionBusyException("A turn is running. Stop it first."));
            return;
        }
        if (!known.equals(model.details().lineage()) || !output.flush()) {
            done.completeExceptionally(
                    new SessionBusyException("The session has changed. Try again."));
            return;
        }
        SeqRange range = new SeqRange(before, output.writtenSeq());
        model.details().setLineage(known.rewind(range, point.conversation(UUID.randomUUID())));
        try {
            // First of all: what was rewound must not come back if the server exits now.
            output.save();
        } catch (JournalException e) {
            model.details().setLineage(known);
            done.completeExceptionally(e);
            return;
        }
        turns.agent().discard();
        output.recordNative(marker(range));
        output.markChanged();
        output.flush();
        done.complete(output.view());
    }

    private boolean isBusy() {
        return model.details().state().currentTurn().isPresent()
                || !model.asks().isEmpty()
                || model.prompts().isReady();
    }

    private static Message marker(SeqRange range) {
        return Message.of(
                Json.object()
                        .put("type", MessageType.SYSTEM)
                        .put("subtype", SystemSubtype.ORIEL_REWOUND)
                        .put("first", range.first())
                        .put("last", range.last()));
    }
}
