package dev.oriel.client.compat;

import dev.oriel.client.PromptOutbox;
import dev.oriel.client.compat.protocol.ProtocolEffect;
import dev.oriel.client.compat.protocol.ProtocolEffect.ListedSession;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/// Performs the effects of a `ProtocolAdapter` on sessions, and completes the requests that they
/// fulfil. Confined to the client's lane.
final class SessionEffects {
    private final CompatSessions sessions;
    private final CompatRequests requests;
    private final PromptSender prompts;
    private final PromptOutbox outbox;
    private final Clock clock;

    SessionEffects(
            CompatSessions sessions,
            CompatRequests requests,
            PromptSender prompts,
            PromptOutbox outbox,
            Clock clock) {
        this.sessions = sessions;
        this.requests = requests;
        this.prompts = prompts;
        this.outbox = outbox;
        this.clock = clock;
    }

    void perform(ProtocolEffect.OnSessions effect) {
        switch (effect) {
            case ProtocolEffect.Publish(String name, Message message) ->
                    ifPresent(name, session -> publish(session, message));
            case ProtocolEffect.StartTurn(String name) -> ifPresent(name, this::startTurn);
            case ProtocolEffect.FinishTurn(String name) -> ifPresent(name, this::finishTurn);
            case ProtocolEffect.ConfirmInterrupt(String name) -> requests.onInterrupted(name);
            case ProtocolEffect.AddSession(ListedSession listed) -> add(listed);
            case ProtocolEffect.ReplaceSessions(List<ListedSession> all) -> replaceAll(all);
            case ProtocolEffect.RemoveSession(String name) -> remove(name);
            case ProtocolEffect.RejectRequest(String name, String cause) ->
                    requests.onRejected(name, cause);
        }
    }

    /// Drops an effect on a session that is not there: the server may still send frames of a turn
    /// whose session was deleted.
    private void ifPresent(String name, Consumer<CompatSession> effect) {
        CompatSession session = sessions.findByServerName(name);
        if (session != null) {
            effect.accept(session);
        }
    }

    private void publish(CompatSession session, Message message) {
        if (message.is(MessageType.CONTROL_CANCEL_REQUEST)
                && !session.removeAsk(String.valueOf(message.requestId()))) {
            // It was resolved here, so the subscribers know.
            return;
        }
        sessions.publish(session, session.receive(message));
        if (message.type().startsWith("control_")
                || message.is(MessageType.RESULT)
                || message.is(MessageType.SYSTEM, SystemSubtype.INIT)) {
            sessions.publishState(session);
        }
    }

    /// A turn whose prompt is not known.
    private void startTurn(CompatSession session) {
        session.startTurn("", clock.instant());
        sessions.publishState(session);
    }

    private void finishTurn(CompatSession session) {
        session.finishTurn(clock.instant());
        requests.onInterrupted(session.serverName());
        sessions.publishState(session);
        prompts.sendNext(session);
    }

    private void add(ListedSession listed) {
        CompatSession added = sessions.findOrAdd(listed.id());
        added.update(listed);
        sessions.publishState(added);
        requests.onCreated(listed.id(), added.info());
    }

    private void replaceAll(List<ListedSession> all) {
        List<String> names = all.stream().map(ListedSession::id).toList();
        all.forEach(listed -> sessions.findOrAdd(listed.id()).update(listed));
        for (CompatSession known : sessions.all()) {
            String name = known.serverName();
            if (!names.contains(name) && !requests.isChanging(name)) {
                remove(name);
            }
        }
        sessions.sendAll();
    }

    private void remove(String name) {
        CompatSession removed = sessions.remove(name);
        if (removed != null) {
            outbox.removeSession(removed.id());
        }
        // Its turn has ended with it.
        requests.onInterrupted(name);
        requests.onDeleted(name);
    }
}
