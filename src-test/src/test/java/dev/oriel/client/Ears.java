package dev.oriel.client;

import dev.oriel.message.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Hears a session for a test, and keeps all of it.
final class Ears implements SessionListener {
    final List<LinkState> states = new CopyOnWriteArrayList<>();
    final List<Message> messages = new CopyOnWriteArrayList<>();

    @Override
    public void link(LinkState state) {
        states.add(state);
    }

    @Override
    public void message(Message message) {
        messages.add(message);
    }

    /// How often it was told that all begins again.
    final java.util.concurrent.atomic.AtomicInteger restarts =
            new java.util.concurrent.atomic.AtomicInteger();

    @Override
    public void restarted() {
        messages.clear();
        restarts.incrementAndGet();
    }

    /// What was said, without how the session stands.
    List<String> said() {
        return messages.stream().filter(m -> !m.is("system")).map(Tongues::said).toList();
    }

    List<Long> seqs() {
        return messages.stream().map(Seq::of).filter(s -> s > 0).toList();
    }
}
