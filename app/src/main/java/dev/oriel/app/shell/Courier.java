package dev.oriel.app.shell;

import dev.oriel.client.LinkState;
import dev.oriel.client.Outbox;
import dev.oriel.client.Remote;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionLink;
import dev.oriel.client.SessionListener;
import dev.oriel.message.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/// Takes prompts that wait in the outbox to sessions that are not open in the window, one short
/// subscription each. Belongs to the JavaFX thread.
final class Courier {
    private final Outbox outbox;
    private final Executor fx;
    private final Map<String, SessionLink> under = new HashMap<>();

    Courier(Outbox outbox, Executor fx) {
        this.outbox = outbox;
        this.fx = fx;
    }

    void deliver(Remote remote, SessionInfo to) {
        if (under.containsKey(to.id()) || outbox.waiting(to.id()).isEmpty()) {
            return;
        }
        under.put(
                to.id(),
                remote.open(
                        to.id(),
                        to.lastSeq(),
                        new SessionListener() {
                            @Override
                            public void link(LinkState state) {
                                if (state instanceof LinkState.Offline) {
                                    fx.execute(() -> end(to.id()));
                                }
                            }

                            @Override
                            public void message(Message message) {
                                if (outbox.waiting(to.id()).isEmpty()) {
                                    fx.execute(() -> end(to.id()));
                                }
                            }
                        }));
    }

    /// Somebody else takes over, or it is done.
    void end(String id) {
        SessionLink link = under.remove(id);
        if (link != null) {
            link.close();
        }
    }

    void endAll() {
        under.values().forEach(SessionLink::close);
        under.clear();
    }
}
