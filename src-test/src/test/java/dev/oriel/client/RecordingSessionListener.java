package dev.oriel.client;

import dev.oriel.client.compat.protocol.EffectSummary;
import dev.oriel.message.Message;
import dev.oriel.message.MessageSeq;
import dev.oriel.message.MessageType;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Collects the events of a session.
public final class RecordingSessionListener implements SessionListener {
    public final List<ConnectionStatus> states = new CopyOnWriteArrayList<>();

    /// Since the journal was last replaced.
    public final List<Message> messages = new CopyOnWriteArrayList<>();

    /// How often the journal was replaced.
    public final AtomicInteger replacements = new AtomicInteger();

    @Override
    public void onStatus(ConnectionStatus status) {
        states.add(status);
    }

    @Override
    public void onMessage(Message message) {
        messages.add(message);
    }

    @Override
    public void onJournalReplaced() {
        messages.clear();
        replacements.incrementAndGet();
    }

    /// The conversation in a few words, without `system` messages.
    public List<String> conversation() {
        return messages.stream()
                .filter(m -> !m.is(MessageType.SYSTEM))
                .map(EffectSummary::describe)
                .toList();
    }

    /// The `seq` of the messages that have one.
    public List<Long> seqs() {
        return messages.stream().map(MessageSeq::of).filter(s -> s > 0).toList();
    }
}
