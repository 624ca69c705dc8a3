package dev.oriel.app.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.composer.ComposerTarget;
import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.client.LinkState;
import dev.oriel.client.Outbox;
import dev.oriel.client.Remote;
import dev.oriel.client.RemoteException;
import dev.oriel.client.Seq;
import dev.oriel.client.SessionLink;
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
final class OpenSession implements ComposerTarget, AutoCloseable {
    /// Hears the session, on the JavaFX thread.
    interface Listener {
        void link(LinkState state);

        /// The latest page of a conversation that was not known yet.
        void opened(dev.oriel.client.Page page);

        void messages(List<Message> batch);

        /// @param held whether they are not begun until somebody goes on
        void queue(List<QueuedPrompt> waiting, boolean held);
    }

    private final String id;
    private final Remote remote;
    private final Outbox outbox;
    private final Executor fx;
    private final Listener listener;
    private final SentPrompts history;
    private List<QueuedPrompt> onServer = List.of();
    private boolean held;
    private @Nullable SessionLink link;
    private final Runnable restarted;
    private boolean fetching;
    private boolean closed;

    /// @param restarted run when what is known of the session counts no more
    OpenSession(
            String id,
            Remote remote,
            Outbox outbox,
            Executor fx,
            Listener listener,
            Runnable restarted) {
        this.restarted = restarted;
        this.id = id;
        this.remote = remote;
        this.outbox = outbox;
        this.fx = fx;
        this.listener = listener;
        this.history = new SentPrompts(id, remote, fx);
    }

    /// Begins to listen.
    ///
    /// @param known the last position that is known already; 0 to fetch the latest page first
    void start(long known) {
        if (known > 0) {
            history.startAfter(known);
            listen(known);
        } else {
            fetch();
        }
    }

    /// A long conversation is not replayed from its beginning: first its last page, then what
    /// follows it.
    private void fetch() {
        fetching = true;
        listener.link(new LinkState.Connecting());
        remote.before(id, Long.MAX_VALUE, Conversations.PAGE)
                .whenCompleteAsync(
                        (page, failure) -> {
                            fetching = false;
                            if (closed) {
                                return;
                            }
                            if (failure == null) {
                                history.take(page);
                                listener.opened(page);
                                listen(
                                        page.messages().isEmpty()
                                                ? 0
                                                : Seq.of(page.messages().getLast()));
                            } else {
                                listener.link(
                                        new LinkState.Offline(
                                                "The conversation could not be fetched.",
                                                LinkState.Reason.LOST));
                            }
                        },
                        fx);
    }

    private void listen(long after) {
        link = remote.open(id, after, new FxSessionListener(fx, new Received()));
    }

    /// Nothing is taken any more once this is closed.
    private final class Received implements FxSessionListener.Receiver {
        @Override
        public void link(LinkState state) {
            if (!closed) {
                listener.link(state);
                tellQueue();
            }
        }

        @Override
        public void messages(List<Message> batch) {
            if (!closed) {
                accept(batch);
            }
        }

        @Override
        public void restarted() {
            if (!closed) {
                restarted.run();
            }
        }
    }

    private void accept(List<Message> batch) {
        boolean queueChanged = false;
        for (Message message : batch) {
            if (message.is("user")) {
                history.take(message);
                queueChanged = true;
            } else if (message.is("command_lifecycle")) {
                queueChanged = true;
            } else if (message.is("system", "oriel_queue")) {
                onServer = queued(message);
                held = message.tree().path("held").asBoolean();
                queueChanged = true;
            }
        }
        listener.messages(batch);
        if (queueChanged) {
            tellQueue();
        }
    }

    private static List<QueuedPrompt> queued(Message message) {
        List<QueuedPrompt> queued = new ArrayList<>();
        for (JsonNode p : message.tree().path("prompts")) {
            queued.add(new QueuedPrompt(p.path("uuid").asText(), UserMessages.text(p), true));
        }
        return List.copyOf(queued);
    }

    private void tellQueue() {
        List<QueuedPrompt> all = new ArrayList<>(onServer);
        for (Message prompt : outbox.waiting(id)) {
            all.add(
                    new QueuedPrompt(
                            String.valueOf(prompt.uuid()),
                            UserMessages.text(prompt.tree()),
                            false));
        }
        listener.queue(List.copyOf(all), held);
    }

    @Override
    public String key() {
        return id;
    }

    @Override
    public CompletableFuture<Void> send(String text) {
        try {
            outbox.put(id, UserMessages.prompt(UUID.randomUUID(), text));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(
                    new IOException(
                            "Your message could not be kept on disk: " + e.getMessage(), e));
        }
        if (link != null) {
            link.deliver();
        }
        tellQueue();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> stop() {
        ObjectNode request = Json.object().put("subtype", "interrupt").put("hold_queue", true);
        return control(request).thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<Void> goOn() {
        return control(Json.object().put("subtype", "oriel_run_queue")).thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<Boolean> withdraw(QueuedPrompt prompt) {
        if (!prompt.sent() && outbox.remove(prompt.uuid())) {
            tellQueue();
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
    public CompletableFuture<Boolean> olderHistory() {
        return history.older();
    }

    CompletableFuture<ObjectNode> control(ObjectNode request) {
        return link == null
                ? CompletableFuture.failedFuture(
                        new RemoteException("link_lost", "There is no connection to the server."))
                : link.control(request);
    }

    boolean answer(Message response) {
        return link != null && link.answer(response);
    }

    void reconnect() {
        if (link != null) {
            link.reconnect();
        } else if (!fetching) {
            fetch();
        }
    }

    /// The server is there again: what could not even begin begins now.
    void serverIsBack() {
        if (link == null && !fetching && !closed) {
            fetch();
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
