package dev.oriel.app.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.composer.ComposerTarget;
import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.app.composer.complete.AgentCommand;
import dev.oriel.client.Capability;
import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.FileMatches;
import dev.oriel.client.FoundMessages;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.PromptLines;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerClient.PastPrompt;
import dev.oriel.client.SessionSubscription;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import dev.oriel.message.UserMessages;
import dev.oriel.message.find.TextQuery;
import dev.oriel.platform.FutureFailures;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

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
    private final PagedSubscription subscription;
    private final SessionControls controls;

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
        this.subscription = new PagedSubscription(id, client, fx, new Events());
        this.controls = new SessionControls(subscription::current);
    }

    /// Starts receiving messages. Does nothing if that has been started, or after [#close].
    ///
    /// @param lastKnownSeq the last position that is known already; 0 to load the latest page first
    public void start(long lastKnownSeq) {
        if (!subscription.isUnsubscribed()) {
            return;
        }
        if (lastKnownSeq > 0) {
            history.startAfter(lastKnownSeq);
            subscription.subscribe(lastKnownSeq);
        } else {
            subscription.loadLatest();
        }
    }

    /// The server of this session.
    public ServerClient server() {
        return client;
    }

    SubscriptionState state() {
        return subscription.state();
    }

    /// Drops what arrives after the session was closed.
    private final class Events implements PagedSubscription.Receiver {
        @Override
        public void onLoading(ConnectionStatus status) {
            listener.onStatus(status);
        }

        @Override
        public void onLatestPage(HistoryPage page) {
            history.add(page);
            listener.onLatestPage(page);
        }

        @Override
        public void onStatus(ConnectionStatus status) {
            if (!subscription.isClosed()) {
                listener.onStatus(status);
                publishQueue();
            }
        }

        @Override
        public void onMessages(List<Message> batch) {
            if (!subscription.isClosed()) {
                receive(batch);
            }
        }

        @Override
        public void onJournalReplaced() {
            if (!subscription.isClosed()) {
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
    public CompletableFuture<Void> send(JsonNode content) {
        return outbox.add(id, UserMessages.prompt(UUID.randomUUID(), content))
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
        if (subscription.isClosed()) {
            owner.onStoredAfterClose(id);
            return;
        }
        SessionSubscription current = subscription.current();
        if (current != null) {
            current.sendPending();
        }
        publishQueue();
    }

    @Override
    public CompletableFuture<Void> interrupt() {
        return controls.interrupt();
    }

    @Override
    public CompletableFuture<Void> resumeQueue() {
        return controls.resumeQueue();
    }

    @Override
    public CompletableFuture<Boolean> withdraw(QueuedPrompt prompt) {
        if (!prompt.sent() && outbox.remove(prompt.uuid())) {
            publishQueue();
            return CompletableFuture.completedFuture(true);
        }
        return controls.withdraw(prompt.uuid());
    }

    @Override
    public Optional<JsonNode> queuedContent(QueuedPrompt prompt) {
        return queue.content(prompt.uuid());
    }

    @Override
    public String whyQueueIsFixed() {
        return client.kind().supports(Capability.QUEUE)
                ? ""
                : "This server takes waiting messages in the order in which they were sent.";
    }

    @Override
    public CompletableFuture<Void> reorder(List<String> uuids) {
        return controls.reorder(uuids);
    }

    @Override
    public CompletableFuture<Void> sendNow(QueuedPrompt prompt) {
        return controls.sendNow(prompt.uuid());
    }

    @Override
    public CompletableFuture<Void> steer(QueuedPrompt prompt) {
        return controls.steer(prompt.uuid());
    }

    @Override
    public CompletableFuture<List<PastPrompt>> findPrompts(
            String words, boolean everywhere, int limit) {
        return everywhere
                ? client.findAllPrompts(words, limit)
                : client.findPrompts(id, words, limit);
    }

    @Override
    public List<String> sentPrompts() {
        return history.all();
    }

    @Override
    public CompletableFuture<Boolean> loadOlderHistory() {
        return history.loadOlder();
    }

    @Override
    public CompletableFuture<List<AgentCommand>> commands() {
        if (!client.kind().supports(Capability.COMMANDS)) {
            return CompletableFuture.failedFuture(
                    new ClientException(
                            ErrorCode.UNSUPPORTED, "This server does not list its commands."));
        }
        return controls.commands();
    }

    @Override
    public CompletableFuture<FileMatches> findFiles(String query, int limit) {
        return client.findFiles(id, query, limit);
    }

    /// Sends a control request to the session; see [SessionSubscription#sendControl].
    public CompletableFuture<ObjectNode> sendControl(ObjectNode request) {
        return controls.send(request);
    }

    /// Sends a control request to the session's agent, and starts an agent if none runs.
    public CompletableFuture<ObjectNode> sendToAgent(ObjectNode request) {
        return controls.sendToAgent(request);
    }

    /// Sends the user's reply to an ask.
    ///
    /// @param response a whole `control_response`
    /// @return whether it was sent; if not, the ask is still open
    public boolean sendResponse(Message response) {
        return controls.reply(response);
    }

    /// Finds text in the messages of this session; see [ServerClient#find].
    public CompletableFuture<FoundMessages> find(TextQuery query, long before, long after) {
        return client.find(id, query, before, after);
    }

    /// Lists the prompts of this session; see [ServerClient#prompts].
    public CompletableFuture<PromptLines> prompts(long before) {
        return client.prompts(id, before);
    }

    /// Retries a lost connection, or a page that could not be loaded, at once.
    public void reconnect() {
        subscription.reconnect();
    }

    /// The server can be reached again: loads the page that could not be loaded before.
    public void onServerOnline() {
        if (subscription.isUnsubscribed()) {
            subscription.loadLatest();
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
