package dev.oriel.session.turn;

import dev.oriel.session.event.EventMessages;
import dev.oriel.session.event.Subscriber;
import java.util.UUID;

/// What subscribers are told of the prompts for which no agent could be started. Confined to the
/// lane.
public final class UnsentPrompts {
    private final SessionCore core;

    UnsentPrompts(SessionCore core) {
        this.core = core;
    }

    /// No agent can be started for what waits.
    void failed(String why) {
        for (UUID each : core.prompts.failed(why)) {
            core.show(EventMessages.lifecycle(each, "failed"));
        }
        core.queueChanged();
        changed();
    }

    public void changed() {
        core.show(EventMessages.unsent(core.prompts.unsent(), core.prompts.unsentWhy()));
    }

    /// Begins what could not begin before, and what is held.
    public void retry() {
        boolean unsent = core.prompts.retry();
        if (unsent) {
            changed();
        }
        if (core.prompts.release() || unsent) {
            core.queueChanged();
        }
        core.turns().pump();
    }

    void greet(Subscriber subscriber) {
        if (!core.prompts.unsent().isEmpty()) {
            subscriber.send(EventMessages.unsent(core.prompts.unsent(), core.prompts.unsentWhy()));
        }
    }
}
