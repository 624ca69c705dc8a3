package dev.oriel.session.fanout;

import dev.oriel.session.control.Role;
import dev.oriel.session.event.SessionEvent.AskOpened;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.SessionChanged;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.state.SessionModel;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Sends the current state of a session to a subscriber that has just become live. Confined to the
/// lane.
final class Greeting implements Consumer<Subscriber> {
    private final SessionModel model;
    private final PartialAnswerRecorder answers;
    private final Supplier<SessionChanged> session;

    /// @param session the session as it is now
    Greeting(SessionModel model, PartialAnswerRecorder answers, Supplier<SessionChanged> session) {
        this.model = model;
        this.answers = answers;
        this.session = session;
    }

    @Override
    public void accept(Subscriber subscriber) {
        // First: a session that asks only this is not in state "asking", from which a client would
        // conclude that nothing is pending.
        if (subscriber.role() == Role.OWNER) {
            model.trust().pending().ifPresent(subscriber::send);
        }
        subscriber.send(session.get());
        if (!model.prompts().isEmpty()) {
            subscriber.send(model.prompts().queueChanged());
        }
        if (model.prompts().hasUnsent()) {
            subscriber.send(model.prompts().unsentPrompts());
        }
        answers.streamEvents().forEach(m -> subscriber.send(new MessageEvent(m)));
        model.asks().all().forEach(ask -> subscriber.send(new AskOpened(ask)));
    }
}
