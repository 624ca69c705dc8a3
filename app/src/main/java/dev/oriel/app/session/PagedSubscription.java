package dev.oriel.app.session;

import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.ServerClient;
import dev.oriel.client.SessionSubscription;
import dev.oriel.message.Message;
import dev.oriel.message.MessageSeq;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The subscription of one session. A long conversation is not replayed from its beginning: first
/// its latest page is loaded, then the subscription begins after that page.
///
/// Belongs to the JavaFX thread. Once it is closed its receiver is not called any more.
final class PagedSubscription implements AutoCloseable {
    /// Receives the events, on the JavaFX thread.
    interface Receiver extends FxSessionListener.Receiver {
        /// The latest page is being loaded, or could not be loaded.
        void onLoading(ConnectionStatus status);

        /// The latest page of a conversation of which no message was known.
        void onLatestPage(HistoryPage page);
    }

    private final String id;
    private final ServerClient client;
    private final Executor fx;
    private final Receiver receiver;
    private SubscriptionState state = new SubscriptionState.Unsubscribed();

    PagedSubscription(String id, ServerClient client, Executor fx, Receiver receiver) {
        this.id = id;
        this.client = client;
        this.fx = fx;
        this.receiver = receiver;
    }

    SubscriptionState state() {
        return state;
    }

    boolean isUnsubscribed() {
        return state instanceof SubscriptionState.Unsubscribed;
    }

    boolean isClosed() {
        return state instanceof SubscriptionState.Closed;
    }

    /// The subscription; null if there is none.
    @Nullable SessionSubscription current() {
        return state instanceof SubscriptionState.Subscribed(var subscription)
                ? subscription
                : null;
    }

    /// Loads the latest page, and subscribes to the messages after it.
    void loadLatest() {
        state = new SubscriptionState.Loading();
        receiver.onLoading(new ConnectionStatus.Connecting());
        client.messagesBefore(id, Long.MAX_VALUE, ConversationCache.PAGE_SIZE)
                .whenCompleteAsync(this::onLatestPage, fx);
    }

    private void onLatestPage(@Nullable HistoryPage page, @Nullable Throwable failure) {
        if (isClosed()) {
            return;
        }
        if (page != null) {
            receiver.onLatestPage(page);
            List<Message> messages = page.messages();
            subscribe(messages.isEmpty() ? 0 : MessageSeq.of(messages.getLast()));
        } else {
            state = new SubscriptionState.Unsubscribed();
            receiver.onLoading(
                    new ConnectionStatus.Offline(
                            "The conversation could not be loaded.", ConnectionStatus.Reason.LOST));
        }
    }

    /// Subscribes to the messages after a position.
    void subscribe(long after) {
        state =
                new SubscriptionState.Subscribed(
                        client.subscribe(id, after, new FxSessionListener(fx, receiver)));
    }

    /// Retries a lost connection, or a page that could not be loaded, at once.
    void reconnect() {
        switch (state) {
            case SubscriptionState.Subscribed(var subscription) -> subscription.reconnect();
            case SubscriptionState.Unsubscribed _ -> loadLatest();
            case SubscriptionState.Loading _, SubscriptionState.Closed _ -> {
                // It is on its way, or no longer wanted.
            }
        }
    }

    @Override
    public void close() {
        SessionSubscription subscription = current();
        state = new SubscriptionState.Closed();
        if (subscription != null) {
            subscription.close();
        }
    }
}
