package dev.oriel.session.turn;

import dev.oriel.agent.Agent;
import dev.oriel.message.Message;
import dev.oriel.session.api.SessionState.Trigger;
import dev.oriel.session.event.EventMessages;
import dev.oriel.session.state.PendingAsks;

/// What the agent asks, in a turn or in a background task that outlives it. An ask ends with an
/// answer, when the agent withdraws it, or with the agent. Confined to the lane.
public final class TurnAsks {
    private static final String UNANSWERABLE =
            "Denied: nobody is connected to Oriel who could allow this.";

    private final SessionCore core;
    private final AgentSlot slot;

    TurnAsks(SessionCore core, AgentSlot slot) {
        this.core = core;
        this.slot = slot;
    }

    void open(Message ask) {
        core.asks.open(ask);
        core.show(ask);
        turnBegan();
        core.changed();
        denyUnanswerable();
    }

    /// Asks of background tasks may be open already when a turn begins.
    void turnBegan() {
        if (!core.asks.isEmpty() && core.state().currentTurn().isPresent()) {
            core.move(new Trigger.AskOpened());
        }
    }

    /// Closes an ask that was answered.
    public void answered(String id) {
        core.asks.close(id);
        settled();
    }

    private void settled() {
        core.changed(); // how many are open
        if (core.asks.isEmpty()) {
            if (core.state().currentTurn().isPresent()) {
                core.move(new Trigger.AsksResolved());
            }
            core.turns().agents().restIfDone();
        }
    }

    /// The agent does not wait for an answer any more.
    void withdrawn(Message notice) {
        String id = notice.requestId();
        if (id != null && core.asks.close(id)) {
            core.show(notice);
            settled();
        }
    }

    /// The agent has ended, and with it all that it asked.
    void withdrawAll() {
        for (String id : core.asks.closeAll()) {
            core.show(EventMessages.withdrawn(id));
            core.changed();
        }
    }

    /// Answers asks that nobody can answer.
    public void denyUnanswerable() {
        Agent agent = slot.running();
        if (agent == null) {
            return;
        }
        boolean any = false;
        for (Message ask : core.asks.all()) {
            String id = ask.requestId();
            if (id == null || !core.nobodyCanAnswer(ask)) {
                continue;
            }
            any = true;
            core.asks.close(id);
            agent.reply(
                    PendingAsks.isElicitation(ask)
                            ? EventMessages.cancelled(id)
                            : EventMessages.denial(id, UNANSWERABLE));
            core.show(EventMessages.withdrawn(id));
        }
        if (any) {
            settled();
        }
        core.flush();
    }
}
