package dev.oriel.session.turn;

import dev.oriel.agent.Agent;
import dev.oriel.message.Message;
import dev.oriel.session.api.SessionState.Trigger;
import dev.oriel.session.event.SessionEvent.AskClosed;
import dev.oriel.session.event.SessionEvent.AskOpened;
import dev.oriel.session.fanout.SessionDirectory;
import dev.oriel.session.fanout.SessionOutput;
import dev.oriel.session.state.PendingAsks;
import dev.oriel.session.state.SessionModel;

/// What the agent asks, in a turn or in a background task that outlives it. An ask ends with a
/// reply, when the agent withdraws it, or with the agent. Confined to the lane.
public final class AgentAsks {
    private static final String UNANSWERABLE =
            "Denied: nobody is connected to Oriel who could allow this.";

    private final SessionModel model;
    private final SessionOutput output;
    private final SessionAgent agent;
    private final SessionDirectory directory;

    /// @param directory tells whether a window is open, in which asks can be answered
    AgentAsks(
            SessionModel model,
            SessionOutput output,
            SessionAgent agent,
            SessionDirectory directory) {
        this.model = model;
        this.output = output;
        this.agent = agent;
        this.directory = directory;
    }

    void open(Message ask) {
        model.asks().open(ask);
        output.publish(new AskOpened(ask));
        applyAskOpened();
        output.markChanged();
        denyUnanswerable();
    }

    /// Asks of background tasks may be open already when a turn starts.
    void onTurnStarted() {
        applyAskOpened();
    }

    private void applyAskOpened() {
        if (!model.asks().isEmpty() && isTurnRunning()) {
            output.apply(new Trigger.AskOpened());
        }
    }

    /// Closes an ask that was answered. The caller notifies the other clients.
    public void resolve(String requestId) {
        model.asks().close(requestId);
        onClosed();
    }

    /// The agent does not wait for a reply any more.
    void withdraw(Message notice) {
        String id = notice.requestId();
        if (id != null && model.asks().close(id)) {
            output.publish(new AskClosed(id, notice));
            onClosed();
        }
    }

    /// The agent has exited, and with it everything it asked.
    void withdrawAll() {
        for (String id : model.asks().closeAll()) {
            output.publish(new AskClosed(id));
            output.markChanged();
        }
    }

    /// Denies the asks that nobody can answer.
    public void denyUnanswerable() {
        Agent running = agent.running();
        if (running == null) {
            return;
        }
        boolean any = false;
        for (Message ask : model.asks().all()) {
            String id = ask.requestId();
            if (id != null && isUnanswerable(ask)) {
                any = true;
                deny(running, ask, id);
            }
        }
        if (any) {
            onClosed();
        }
        output.flush();
    }

    private void deny(Agent running, Message ask, String id) {
        model.asks().close(id);
        running.reply(
                PendingAsks.isElicitation(ask)
                        ? AgentMessages.cancelledElicitation(id)
                        : AgentMessages.denial(id, UNANSWERABLE));
        output.publish(new AskClosed(id));
    }

    /// True if there are clients, but none through which a user could answer. Only clients of the
    /// native wire have frames for elicitations.
    private boolean isUnanswerable(Message ask) {
        return output.hasSubscribers()
                && !directory.isFollowed()
                && !output.hasAnsweringSubscriber(PendingAsks.isElicitation(ask));
    }

    private void onClosed() {
        output.markChanged(); // the number of open asks
        if (model.asks().isEmpty()) {
            if (isTurnRunning()) {
                output.apply(new Trigger.AsksResolved());
            }
            agent.offerPlaceIfIdle();
        }
    }

    private boolean isTurnRunning() {
        return model.details().state().currentTurn().isPresent();
    }
}
