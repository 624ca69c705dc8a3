package dev.oriel.session.event;

import dev.oriel.message.Message;
import org.jspecify.annotations.Nullable;

/// An event on its way to subscribers.
///
/// @param seq position in the journal from 1, or 0 for a live event
/// @param stored the message as it is in the journal; null for a live event
public record Delivery(SessionEvent event, long seq, @Nullable Message stored) {
    public static Delivery live(SessionEvent event) {
        return new Delivery(event, 0, null);
    }

    /// @param stored the message as it is, or will be, in the journal
    public static Delivery journaled(SessionEvent event, Message stored, long seq) {
        return new Delivery(event, seq, stored);
    }

    /// A message that was read from the journal.
    public static Delivery replayed(Message stored, long seq) {
        return new Delivery(EventMessages.parseStored(stored), seq, stored);
    }

    public boolean isJournaled() {
        return seq > 0;
    }

    /// The event in the native wire's form.
    public Message message() {
        return stored != null ? stored : EventMessages.of(event);
    }
}
