package dev.oriel.app.shell;

import dev.oriel.client.LinkState;
import dev.oriel.client.SessionListener;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Passes what a session's connection reports from the client's lane to the JavaFX thread, in the
/// order in which it came. Messages that follow each other come in one batch. No more than
/// [#MOST_WAITING] messages wait; beyond that the lane waits, and with it the socket is not read.
final class FxSessionListener implements SessionListener {
    private static final int MOST_WAITING = 4096;
    private static final int MOST_AT_ONCE = 512;

    /// Receives the events, on the JavaFX thread.
    interface Receiver {
        void link(LinkState state);

        /// @param batch 1 to 512 messages
        void messages(List<Message> batch);

        void restarted();
    }

    private sealed interface Event {}

    private record LinkChanged(LinkState state) implements Event {}

    private record MessageReceived(Message message) implements Event {}

    private record JournalRestarted() implements Event {}

    private final Executor fx;
    private final Receiver receiver;
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final Queue<Event> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean posted = new AtomicBoolean();

    FxSessionListener(Executor fx, Receiver receiver) {
        this.fx = fx;
        this.receiver = receiver;
    }

    @Override
    public void link(LinkState state) {
        add(new LinkChanged(state));
    }

    @Override
    public void message(Message message) {
        // Parsed here, so that it need not be on the JavaFX thread.
        message.tree();
        room.acquireUninterruptibly();
        add(new MessageReceived(message));
    }

    @Override
    public void restarted() {
        add(new JournalRestarted());
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
        Event other = null;
        Event next;
        while (other == null && batch.size() < MOST_AT_ONCE && (next = waiting.poll()) != null) {
            if (next instanceof MessageReceived(Message message)) {
                batch.add(message);
            } else {
                other = next;
            }
        }
        room.release(batch.size());
        if (!waiting.isEmpty()) {
            post();
        }
        try {
            if (!batch.isEmpty()) {
                receiver.messages(batch);
            }
        } finally {
            // A message that cannot be taken costs no change of the link.
            receive(other);
        }
    }

    private void receive(@Nullable Event event) {
        switch (event) {
            case LinkChanged(LinkState state) -> receiver.link(state);
            case JournalRestarted _ -> receiver.restarted();
            case MessageReceived(Message message) -> receiver.messages(List.of(message));
            case null -> {
                // Only messages came.
            }
        }
    }
}
