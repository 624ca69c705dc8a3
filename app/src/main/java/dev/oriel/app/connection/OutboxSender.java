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

/// Sends the stored prompts of sessions that are not open in the window, over one short
/// subscription for each session. Belongs to the JavaFX thread.
final class OutboxSender {
    private final PromptOutbox outbox;
    private final Executor fx;
    private final Map<String, SessionSubscription> subscriptions = new HashMap<>();

    OutboxSender(PromptOutbox outbox, Executor fx) {
        this.outbox = outbox;
        this.fx = fx;
    }

    /// Sends the stored prompts of a session, unless there are none or they are being sent.
    void send(ServerClient client, SessionInfo to) {
        if (subscriptions.containsKey(to.id()) || outbox.pending(to.id()).isEmpty()) {
            return;
        }
        subscriptions.put(
                to.id(),
                client.subscribe(
                        to.id(),
                        to.lastSeq(),
                        new SessionListener() {
                            @Override
                            public void onStatus(ConnectionStatus status) {
                                if (status instanceof ConnectionStatus.Offline) {
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

    /// Stops sending the prompts of a session, because all were sent or the session is open now.
    void stop(String id) {
        SessionSubscription subscription = subscriptions.remove(id);
        if (subscription != null) {
            subscription.close();
        }
    }

    /// Stops sending prompts, because the server is left.
    void stopAll() {
        subscriptions.values().forEach(SessionSubscription::close);
        subscriptions.clear();
    }
}
