package dev.oriel.session.event;

import dev.oriel.message.Message;

/// A message on its way to subscribers.
///
/// @param seq its place in the journal, or 0 for a live message
public record Delivery(Message message, long seq) {
    public static Delivery live(Message message) {
        return new Delivery(message, 0);
    }

    public boolean isJournaled() {
        return seq > 0;
    }
}
