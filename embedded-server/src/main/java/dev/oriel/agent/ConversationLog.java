package dev.oriel.agent;

import dev.oriel.message.Message;
import java.io.IOException;
import java.util.function.Consumer;

/// The stored messages of one conversation, for agents that keep no conversations themselves.
/// Thread-safe.
public interface ConversationLog {
    /// A conversation without messages.
    ConversationLog EMPTY = _ -> {};

    /// Reads the messages that are stored now, oldest first, without those that were rewound.
    /// Blocks; not for a session's lane.
    ///
    /// @throws IOException if the journal cannot be read
    void read(Consumer<Message> each) throws IOException;
}
