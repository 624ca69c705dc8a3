package dev.oriel.app.session;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The session that is open in the window: its subscription, and what the composer can do to it.
/// Belongs to the JavaFX thread.
public final class OpenSession implements ComposerTarget, AutoCloseable {
    /// Hears the session, on the JavaFX thread.
    public interface Listener {
        void onStatus(ConnectionStatus state);

        /// The latest page of a conversation that was not known yet.
        void onLatestPage(HistoryPage page);

        void onMessages(List<Message> batch);

        /// @param held whether they are not begun until somebody goes on
        void onQueue(List<QueuedPrompt> waiting, boolean held);
    }

    private final String id;
    private final ServerClient remote;
    private final PromptOutbox outbox;
    private final Executor fx;
    private final Listener listener;
    private final PromptHistory history;
    private List<QueuedPrompt> onServer = List.of();
    private boolean held;
    private @Nullable SessionSubscription link;
    private final Runnable restarted;
    private boolean fetching;
    private boolean closed;

    /// @param restarted run when what is known of the session counts no more
    public OpenSession(
            String id,
            ServerClient remote,
            PromptOutbox outbox,
            Executor fx,
            Listener listener,
            Runnable restarted) {
        this.restarted = restarted;
        this.id = id;
        this.remote = remote;
        this.outbox = outbox;
        this.fx = fx;
        this.listener = listener;
        this.history = new PromptHistory(id, remote, fx);
    }

    /// Begins to listen.
    ///
    /// @param known the last position that is known already; 0 to fetch the latest page first
    public void start(long known) {
        if (known > 0) {
            history.startAfter(known);
            subscribe(known);
        } else {
            fetchLatest();
        }
    }

    /// A long conversation is not replayed from its beginning: first its last page, then what
    /// follows it.
    private void fetchLatest() {
        fetching = true;
        listener.onStatus(new ConnectionStatus.Connecting());
        remote.messagesBefore(id, Long.MAX_VALUE, ConversationCache.PAGE_SIZE)
                .whenCompleteAsync(
                        (page, failure) -> {
                            fetching = false;
                            if (closed) {
                                return;
                            }
                            if (failure == null) {
                                history.add(page);
                                listener.onLatestPage(page);
                                subscribe(
                                        page.messages().isEmpty()
                                                ? 0
                                                : MessageSeq.of(page.messages().getLast()));
                            } else {
                                listener.onStatus(
                                        new ConnectionStatus.Offline(
                                                "The conversation could not be fetched.",
                                                ConnectionStatus.Reason.LOST));
                            }
                        },
                        fx);
    }

    private void subscribe(long after) {
        link = remote.subscribe(id, after, new FxSessionListener(fx, new Received()));
    }

    /// Nothing is taken any more once this is closed.
    private final class Received implements FxSessionListener.Receiver {
        @Override
        public void onStatus(ConnectionStatus state) {
            if (!closed) {
                listener.onStatus(state);
                publishQueue();
            }
        }

        @Override
        public void onMessages(List<Message> batch) {
            if (!closed) {
                receive(batch);
            }
        }

        @Override
        public void onJournalReplaced() {
            if (!closed) {
                restarted.run();
            }
        }
    }

    private void receive(List<Message> batch) {
        boolean queueChanged = false;
        for (Message message : batch) {
            if (message.is("user")) {
                history.add(message);
                queueChanged = true;
            } else if (message.is("command_lifecycle")) {
                queueChanged = true;
            } else if (message.is("system", "oriel_queue")) {
                onServer = parseQueue(message);
                held = message.tree().path("held").asBoolean();
                queueChanged = true;
            }
        }
        listener.onMessages(batch);
        if (queueChanged) {
            publishQueue();
        }
    }

    private static List<QueuedPrompt> parseQueue(Message message) {
        List<QueuedPrompt> queued = new ArrayList<>();
        for (JsonNode p : message.tree().path("prompts")) {
            queued.add(new QueuedPrompt(p.path("uuid").asText(), UserMessages.text(p), true));
        }
        return List.copyOf(queued);
    }

    private void publishQueue() {
        List<QueuedPrompt> all = new ArrayList<>(onServer);
        for (Message prompt : outbox.pending(id)) {
            all.add(
                    new QueuedPrompt(
                            String.valueOf(prompt.uuid()),
                            UserMessages.text(prompt.tree()),
                            false));
        }
        listener.onQueue(List.copyOf(all), held);
    }

    @Override
    public String key() {
        return id;
    }

    @Override
    public CompletableFuture<Void> send(String text) {
        try {
            outbox.add(id, UserMessages.prompt(UUID.randomUUID(), text));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(
                    new IOException(
                            "Your message could not be kept on disk: " + e.getMessage(), e));
        }
        if (link != null) {
            link.sendPending();
        }
        publishQueue();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> interrupt() {
        ObjectNode request = Json.object().put("subtype", "interrupt").put("hold_queue", true);
        return control(request).thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<Void> resumeQueue() {
        return control(Json.object().put("subtype", "oriel_run_queue")).thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<Boolean> withdraw(QueuedPrompt prompt) {
        if (!prompt.sent() && outbox.remove(prompt.uuid())) {
            publishQueue();
            return CompletableFuture.completedFuture(true);
        }
        ObjectNode request =
                Json.object()
                        .put("subtype", "cancel_async_message")
                        .put("message_uuid", prompt.uuid());
        return control(request).thenApply(answer -> answer.path("cancelled").asBoolean());
    }

    @Override
    public List<String> history() {
        return history.all();
    }

    @Override
    public CompletableFuture<Boolean> loadOlderHistory() {
        return history.loadOlder();
    }

    public CompletableFuture<ObjectNode> control(ObjectNode request) {
        return link == null
                ? CompletableFuture.failedFuture(
                        new ClientException("link_lost", "There is no connection to the server."))
                : link.sendControl(request);
    }

    public boolean sendResponse(Message response) {
        return link != null && link.reply(response);
    }

    public void reconnect() {
        if (link != null) {
            link.reconnect();
        } else if (!fetching) {
            fetchLatest();
        }
    }

    /// The server is there again: what could not even begin begins now.
    public void onServerOnline() {
        if (link == null && !fetching && !closed) {
            fetchLatest();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (link != null) {
            link.close();
        }
    }
}
