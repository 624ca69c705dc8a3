package dev.oriel.client;

import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The last frames of a client's connections, to see what is actually sent. Values that look like a
/// secret are masked before they are stored, and long frames are truncated. Safe for any thread.
public interface FrameLog {
    /// How many entries are kept.
    int CAPACITY = 500;

    /// What an entry is.
    enum Type {
        /// A frame that was sent.
        SENT,
        /// A frame that was received.
        RECEIVED,
        /// Not a frame: an event of the connection, or why a frame was ignored.
        NOTE
    }

    /// One entry.
    ///
    /// @param number from 1, in order
    /// @param at when it was added
    /// @param type what it is
    /// @param channel the path of the connection; empty if it is about none
    /// @param text the frame or the note
    record Entry(long number, Instant at, Type type, String channel, String text) {}

    /// The last entries.
    ///
    /// @return at most [#CAPACITY], oldest first
    List<Entry> entries();

    /// How many entries there have been; changes with each.
    ///
    /// @return the number of the last entry
    long count();

    /// Sets the listener that receives every received frame, whole and unmasked.
    ///
    /// @param listener accepts the path of the connection and the text, on the client's lane; null
    ///   for none
    void setReceivedListener(@Nullable BiConsumer<String, String> listener);
}
