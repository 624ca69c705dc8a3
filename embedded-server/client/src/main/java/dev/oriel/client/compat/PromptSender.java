package dev.oriel.client.compat;

import dev.oriel.client.PromptOutbox;
import dev.oriel.client.compat.protocol.ProtocolEvent;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Sends the prompts of the outbox, one by one: a server of another kind keeps no queue, so prompts
/// wait in the outbox while a turn of their session runs.
///
/// A prompt that was sent is not sent again, because the server would take it for a new one.
///
/// Confined to the client's lane.
final class PromptSender {
    private final PromptOutbox outbox;
    private final CompatSessions sessions;
    private final Clock clock;
    private final Consumer<ProtocolEvent> events;
    private final BooleanSupplier accepted;

    /// @param events receives the prompts to be sent
    /// @param accepted whether a prompt that is sent now reaches the server
    PromptSender(
            PromptOutbox outbox,
            CompatSessions sessions,
            Clock clock,
            Consumer<ProtocolEvent> events,
            BooleanSupplier accepted) {
        this.outbox = outbox;
        this.sessions = sessions;
        this.clock = clock;
        this.events = events;
        this.accepted = accepted;
    }

    /// Ends the hold of a session's queue, and sends the next prompt if no turn runs.
    void release(CompatSession session) {
        setHeld(session, false);
        sendNext(session);
    }

    /// Holds the pending prompts of a session until [#release], or ends that. A queue without
    /// prompts is not held.
    void setHeld(CompatSession session, boolean held) {
        if (session.setQueueHeld(held && !outbox.pending(session.id()).isEmpty())) {
            sessions.publish(session, session.queueMessage());
        }
    }

    /// Sends the session's next prompt, if there is one, no turn runs and the queue is not held.
    void sendNext(CompatSession session) {
        if (session.isRunning() || session.isQueueHeld() || !accepted.getAsBoolean()) {
            return;
        }
        List<Message> pending = outbox.pending(session.id());
        if (pending.isEmpty()) {
            return;
        }
        Message prompt = pending.getFirst();
        String uuid = String.valueOf(prompt.uuid());
        outbox.remove(uuid);
        String text = UserMessages.text(prompt.tree());
        session.startTurn(text, clock.instant());
        sessions.publish(session, session.receive(prompt));
        sessions.publishState(session);
        events.accept(new ProtocolEvent.PromptSubmitted(session.serverName(), uuid, text));
    }
}
