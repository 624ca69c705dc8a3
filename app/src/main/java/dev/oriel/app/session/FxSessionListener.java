package dev.oriel.app.session;

import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.SessionListener;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Passes the events of a session from the client's lane to the JavaFX thread, in their order.
/// Messages that follow each other form one batch. While [#MAX_PENDING] messages are pending the
/// listener is not [#ready()], and the client reads no further frames from the socket.
final class FxSessionListener implements SessionListener {
    private static final int MAX_PENDING = 4096;
    private static final int MAX_BATCH = 128;

    /// Receives the events, on the JavaFX thread.
    interface Receiver {
        void onStatus(ConnectionStatus status);

        /// @param batch 1 to 128 messages
        void onMessages(List<Message> batch);

        void onJournalReplaced();
    }

    private sealed interface Event {}

    private record MessageReceived(Message message) implements Event {}

    /// An event that ends a batch of messages.
    private sealed interface Change extends Event {}

    private record StatusChanged(ConnectionStatus status) implements Change {}

    private record JournalReplaced() implements Change {}

    private final Executor fx;
    private final Receiver receiver;
    private final Queue<Event> waiting = new ConcurrentLinkedQueue<>();

    /// Messages in [#waiting]. Guarded by this.
    private int pending;

    /// Completes when fewer than [#MAX_PENDING] messages are pending. Guarded by this.
    private CompletableFuture<Void> room = CompletableFuture.completedFuture(null);

    /// Whether a drain is posted that has not begun.
    private final AtomicBoolean posted = new AtomicBoolean();

    FxSessionListener(Executor fx, Receiver receiver) {
        this.fx = fx;
        this.receiver = receiver;
    }

    @Override
    public void onStatus(ConnectionStatus status) {
        add(new StatusChanged(status));
    }

    @Override
    public void onMessage(Message message) {
        // Parsed here, so that the JavaFX thread need not do it.
        message.tree();
        synchronized (this) {
            pending++;
            if (pending == MAX_PENDING) {
                room = new CompletableFuture<>();
            }
        }
        add(new MessageReceived(message));
    }

    @Override
    public synchronized CompletionStage<?> ready() {
        return room;
    }

    private void release(int messages) {
        CompletableFuture<Void> freed;
        synchronized (this) {
            pending -= messages;
            if (pending >= MAX_PENDING) {
                return;
            }
            freed = room;
        }
        freed.complete(null);
    }

    @Override
    public void onJournalReplaced() {
        add(new JournalReplaced());
    }

    private void add(Event event) {
        waiting.add(event);
        post();
    }

    private void post() {
        if (posted.compareAndSet(false, true)) {
            fx.execute(this::drain);
        }
    }

    private void drain() {
        posted.set(false);
        List<Message> batch = new ArrayList<>();
        Change change = null;
        Event next;
        while (change == null && batch.size() < MAX_BATCH && (next = waiting.poll()) != null) {
            switch (next) {
                case MessageReceived(Message message) -> batch.add(message);
                case Change c -> change = c;
            }
        }
        release(batch.size());
        if (!waiting.isEmpty()) {
            post();
        }
        try {
            if (!batch.isEmpty()) {
                receiver.onMessages(batch);
            }
        } finally {
            // A message that fails must not cost a change of the status.
            receive(change);
        }
    }

    private void receive(@Nullable Change change) {
        switch (change) {
            case StatusChanged(ConnectionStatus status) -> receiver.onStatus(status);
            case JournalReplaced _ -> receiver.onJournalReplaced();
            case null -> {
                // The batch held messages only.
            }
        }
    }
}
