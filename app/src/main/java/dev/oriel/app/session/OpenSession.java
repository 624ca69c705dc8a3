package dev.oriel.app.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.composer.ComposerTarget;
import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.MessageSeq;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ServerClient;
import dev.oriel.client.SessionSubscription;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import dev.oriel.message.UserMessages;
import dev.oriel.platform.FutureFailures;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The session that is open in the window: its subscription, and what the composer can do to it.
/// Belongs to the JavaFX thread.
public final class OpenSession implements ComposerTarget, AutoCloseable {
    /// Receives the events of the session, on the JavaFX thread, until it is closed.
    public interface Listener {
        void onStatus(ConnectionStatus status);

        /// The latest page of a conversation of which no message was known.
        void onLatestPage(HistoryPage page);

        void onMessages(List<Message> batch);

        /// @param held whether the prompts wait until the user resumes the queue
        void onQueue(List<QueuedPrompt> waiting, boolean held);
    }

    /// Handles what this session cannot handle alone. Called on the JavaFX thread.
    public interface Owner {
        /// The server has another journal than before, so everything that is known of the session
        /// is invalid.
        void onJournalReplaced(String id);

        /// A prompt was stored in the outbox after the session was closed, so the owner has to send
        /// it.
        void onStoredAfterClose(String id);
    }

    private final String id;
    private final ServerClient client;
    private final PromptOutbox outbox;
    private final Executor fx;
    private final Listener listener;
    private final Owner owner;
    private final PromptHistory history;
    private final SessionQueue queue;
    private SubscriptionState state = new SubscriptionState.Unsubscribed();

    public OpenSession(
            String id,
            ServerClient client,
            PromptOutbox outbox,
            Executor fx,
            Listener listener,
            Owner owner) {
        this.id = id;
        this.client = client;
        this.outbox = outbox;
        this.fx = fx;
        this.listener = listener;
        this.owner = owner;
        this.history = new PromptHistory(id, client, fx);
        this.queue = new SessionQueue(id, outbox);
    }

    /// Starts receiving messages. Does nothing if that has been started, or after [#close].
    ///
    /// @param lastKnownSeq the last position that is known already; 0 to load the latest page first
    public void start(long lastKnownSeq) {
        if (!(state instanceof SubscriptionState.Unsubscribed)) {
            return;
        }
        if (lastKnownSeq > 0) {
            history.startAfter(lastKnownSeq);
            subscribe(lastKnownSeq);
        } else {
            loadLatest();
        }
    }

    /// A long conversation is not replayed from its beginning: first its last page is loaded, then
    /// what follows that page.
    private void loadLatest() {
        state = new SubscriptionState.Loading();
        listener.onStatus(new ConnectionStatus.Connecting());
        client.messagesBefore(id, Long.MAX_VALUE, ConversationCache.PAGE_SIZE)
                .whenCompleteAsync(this::onLatestPage, fx);
    }

    private void onLatestPage(@Nullable HistoryPage page, @Nullable Throwable failure) {
        if (isClosed()) {
            return;
        }
        if (page != null) {
            history.add(page);
            listener.onLatestPage(page);
            List<Message> messages = page.messages();
            subscribe(messages.isEmpty() ? 0 : MessageSeq.of(messages.getLast()));
        } else {
            state = new SubscriptionState.Unsubscribed();
            listener.onStatus(
                    new ConnectionStatus.Offline(
                            "The conversation could not be loaded.", ConnectionStatus.Reason.LOST));
        }
    }

    private void subscribe(long after) {
        state =
                new SubscriptionState.Subscribed(
                        client.subscribe(id, after, new FxSessionListener(fx, new Events())));
    }

    SubscriptionState state() {
        return state;
    }

    private boolean isClosed() {
        return state instanceof SubscriptionState.Closed;
    }

    /// The subscription; null if there is none.
    private @Nullable SessionSubscription subscription() {
        return state instanceof SubscriptionState.Subscribed(var subscription)
                ? subscription
                : null;
    }

    /// Drops what arrives after the session was closed.
    private final class Events implements FxSessionListener.Receiver {
        @Override
        public void onStatus(ConnectionStatus status) {
            if (!isClosed()) {
                listener.onStatus(status);
                publishQueue();
            }
        }

        @Override
        public void onMessages(List<Message> batch) {
            if (!isClosed()) {
                receive(batch);
            }
        }

        @Override
        public void onJournalReplaced() {
            if (!isClosed()) {
                owner.onJournalReplaced(id);
            }
        }
    }

    private void receive(List<Message> batch) {
        boolean queueChanged = false;
        for (Message message : batch) {
            if (message.is(MessageType.USER)) {
                history.add(message);
                queueChanged = true;
            } else if (message.is(MessageType.COMMAND_LIFECYCLE)) {
                queueChanged = true;
            } else if (message.is(MessageType.SYSTEM, SystemSubtype.ORIEL_QUEUE)) {
                queue.update(message);
                queueChanged = true;
            }
        }
        listener.onMessages(batch);
        if (queueChanged) {
            publishQueue();
        }
    }

    private void publishQueue() {
        listener.onQueue(queue.prompts(), queue.isHeld());
    }

    @Override
    public String key() {
        return id;
    }

    @Override
    public CompletableFuture<Void> send(String text) {
        return outbox.add(id, UserMessages.prompt(UUID.randomUUID(), text))
                .handleAsync(
                        (_, failure) -> {
                            if (failure != null) {
                                throw new CompletionException(
                                        new IOException(
                                                "Your message could not be saved to disk: "
                                                        + FutureFailures.message(failure),
                                                failure));
                            }
                            onStored();
                            return null;
                        },
                        fx);
    }

    private void onStored() {
        if (isClosed()) {
            owner.onStoredAfterClose(id);
            return;
        }
        SessionSubscription subscription = subscription();
        if (subscription != null) {
            subscription.sendPending();
        }
        publishQueue();
    }

    @Override
    public CompletableFuture<Void> interrupt() {
        ObjectNode request =
                Json.object().put("subtype", ControlSubtype.INTERRUPT).put("hold_queue", true);
        return sendControl(request).thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<Void> resumeQueue() {
        return sendControl(Json.object().put("subtype", ControlSubtype.ORIEL_RUN_QUEUE))
                .thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<Boolean> withdraw(QueuedPrompt prompt) {
        if (!prompt.sent() && outbox.remove(prompt.uuid())) {
            publishQueue();
            return CompletableFuture.completedFuture(true);
        }
        ObjectNode request =
                Json.object()
                        .put("subtype", ControlSubtype.CANCEL_ASYNC_MESSAGE)
                        .put("message_uuid", prompt.uuid());
        return sendControl(request).thenApply(response -> response.path("cancelled").asBoolean());
    }

    @Override
    public List<String> sentPrompts() {
        return history.all();
    }

    @Override
    public CompletableFuture<Boolean> loadOlderHistory() {
        return history.loadOlder();
    }

    /// Sends a control request to the session; see [SessionSubscription#sendControl].
    public CompletableFuture<ObjectNode> sendControl(ObjectNode request) {
        SessionSubscription subscription = subscription();
        return subscription == null
                ? CompletableFuture.failedFuture(
                        new ClientException(
                                ErrorCode.LINK_LOST, "There is no connection to the server."))
                : subscription.sendControl(request);
    }

    /// Sends the user's reply to an ask.
    ///
    /// @param response a whole `control_response`
    /// @return whether it was sent; if not, the ask is still open
    public boolean sendResponse(Message response) {
        SessionSubscription subscription = subscription();
        return subscription != null && subscription.reply(response);
    }

    /// Retries a lost connection, or a page that could not be loaded, at once.
    public void reconnect() {
        switch (state) {
            case SubscriptionState.Subscribed(var subscription) -> subscription.reconnect();
            case SubscriptionState.Unsubscribed _ -> loadLatest();
            case SubscriptionState.Loading _, SubscriptionState.Closed _ -> {
                // It is on its way, or no longer wanted.
            }
        }
    }

    /// The server can be reached again: loads the page that could not be loaded before.
    public void onServerOnline() {
        if (state instanceof SubscriptionState.Unsubscribed) {
            loadLatest();
        }
    }

    @Override
    public void close() {
        SessionSubscription subscription = subscription();
        state = new SubscriptionState.Closed();
        if (subscription != null) {
            subscription.close();
        }
    }
}
