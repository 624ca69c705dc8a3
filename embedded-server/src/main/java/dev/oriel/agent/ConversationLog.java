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

    /// Reads what the model still needs: the messages from a little before the last summary on,
    /// with those that the summary keeps, an `init` and a `result`. A long conversation is so read
    /// in a short time. May give all messages. Otherwise as [#read].
    ///
    /// @throws IOException if the journal cannot be read
    default void readRecent(Consumer<Message> each) throws IOException {
        read(each);
    }
}
