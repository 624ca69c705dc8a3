package dev.oriel.client;

import dev.oriel.client.compat.EffectSummary;
import dev.oriel.message.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Hears a session for a test, and keeps all of it.
public final class RecordingSessionListener implements SessionListener {
    public final List<ConnectionStatus> states = new CopyOnWriteArrayList<>();
    public final List<Message> messages = new CopyOnWriteArrayList<>();

    @Override
    public void onStatus(ConnectionStatus state) {
        states.add(state);
    }

    @Override
    public void onMessage(Message message) {
        messages.add(message);
    }

    /// How often it was told that all begins again.
    public final java.util.concurrent.atomic.AtomicInteger restarts =
            new java.util.concurrent.atomic.AtomicInteger();

    @Override
    public void onJournalReplaced() {
        messages.clear();
        restarts.incrementAndGet();
    }

    /// What was said, without how the session stands.
    public List<String> said() {
        return messages.stream().filter(m -> !m.is("system")).map(EffectSummary::describe).toList();
    }

    public List<Long> seqs() {
        return messages.stream().map(MessageSeq::of).filter(s -> s > 0).toList();
    }
}
