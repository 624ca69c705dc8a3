package dev.oriel.session;

import dev.oriel.agent.Agent;
import dev.oriel.message.Message;
import dev.oriel.session.SessionState.Trigger;

/// What the agent asks in a turn, until somebody has answered. Confined to the lane.
final class TurnAsks {
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
        core.move(new Trigger.AskOpened());
        denyUnanswerable();
    }

    /// The agent does not wait for an answer any more.
    void withdrawn(Message notice) {
        String id = notice.requestId();
        if (id != null && core.asks.close(id)) {
            core.show(notice);
            if (core.asks.isEmpty()) {
                core.move(new Trigger.AsksSettled());
            }
        }
    }

    /// The turn is over, and with it all that it asked.
    void withdrawAll() {
        core.asks.closeAll().forEach(id -> core.show(Notices.withdrawn(id)));
    }

    /// Answers asks that nobody can answer.
    void denyUnanswerable() {
        Agent agent = slot.running();
        if (agent == null || core.asks.isEmpty() || !core.nobodyCanAnswer()) {
            return;
        }
        for (String id : core.asks.closeAll()) {
            agent.answer(Notices.denial(id, UNANSWERABLE));
            core.show(Notices.withdrawn(id));
        }
        core.move(new Trigger.AsksSettled());
        core.flush();
    }
}
