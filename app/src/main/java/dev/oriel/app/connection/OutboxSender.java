package dev.oriel.app.connection;

import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ServerClient;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionListener;
import dev.oriel.client.SessionSubscription;
import dev.oriel.message.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/// Takes prompts that wait in the outbox to sessions that are not open in the window, one short
/// subscription each. Belongs to the JavaFX thread.
final class OutboxSender {
    private final PromptOutbox outbox;
    private final Executor fx;
    private final Map<String, SessionSubscription> under = new HashMap<>();

    OutboxSender(PromptOutbox outbox, Executor fx) {
        this.outbox = outbox;
        this.fx = fx;
    }

    void send(ServerClient remote, SessionInfo to) {
        if (under.containsKey(to.id()) || outbox.pending(to.id()).isEmpty()) {
            return;
        }
        under.put(
                to.id(),
                remote.subscribe(
                        to.id(),
                        to.lastSeq(),
                        new SessionListener() {
                            @Override
                            public void onStatus(ConnectionStatus state) {
                                if (state instanceof ConnectionStatus.Offline) {
                                    fx.execute(() -> stop(to.id()));
                                }
                            }

                            @Override
                            public void onMessage(Message message) {
                                if (outbox.pending(to.id()).isEmpty()) {
                                    fx.execute(() -> stop(to.id()));
                                }
                            }
                        }));
    }

    /// Somebody else takes over, or it is done.
    void stop(String id) {
        SessionSubscription link = under.remove(id);
        if (link != null) {
            link.close();
        }
    }

    void stopAll() {
        under.values().forEach(SessionSubscription::close);
        under.clear();
    }
}
