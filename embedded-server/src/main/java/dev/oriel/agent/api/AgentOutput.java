package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.history.History;
import dev.oriel.agent.api.turn.TurnMessages;
import dev.oriel.agent.api.turn.TurnOutput;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;

/// Emits an agent's messages to its session, one batch at a time: tools emit from their own
/// threads. The history takes what belongs to the conversation.
final class AgentOutput implements TurnOutput {
    private final AgentListener listener;
    private final History history;
    private final AgentInbox inbox;
    private final TurnMessages messages;
    private final Turns turns;

    /// What the turns do with the output. Called by the emitting thread.
    interface Turns {
        /// A message was emitted.
        void onOutput(Message message);

        /// @return the prompts that were sent for the running turn, as [TurnOutput#takePrompts]
        List<Message> takePrompts();
    }

    /// @param history its monitor is held while messages are emitted
    AgentOutput(
            AgentListener listener,
            History history,
            AgentInbox inbox,
            TurnMessages messages,
            Turns turns) {
        this.listener = listener;
        this.history = history;
        this.inbox = inbox;
        this.messages = messages;
        this.turns = turns;
    }

    @Override
    public void emit(List<Message> batch) {
        synchronized (history) {
            batch.forEach(history::append);
            List<AgentEvent> events = new ArrayList<>(batch.size());
            batch.forEach(m -> events.add(new AgentEvent.Output(m)));
            listener.onEvents(events);
        }
        batch.forEach(turns::onOutput);
    }

    @Override
    public ObjectNode ask(ObjectNode request, CancelScope cancel) throws InterruptedException {
        String id = UUID.randomUUID().toString();
        emit(messages.state("requires_action"));
        emit(messages.ask(id, request));
        try {
            ObjectNode reply = inbox.awaitReply(id, cancel);
            emit(messages.state("running"));
            return reply;
        } catch (CancellationException e) {
            emit(messages.withdrawn(id));
            emit(messages.state("running"));
            throw e;
        }
    }

    @Override
    public List<Message> takePrompts() {
        return turns.takePrompts();
    }
}
