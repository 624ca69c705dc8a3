package dev.oriel.agent.api.history;

import dev.oriel.agent.ConversationLog;
import java.io.IOException;

/// Reads the history of a conversation from the journal.
public final class HistoryReader {
    private HistoryReader() {}

    /// Blocks while it reads.
    ///
    /// @throws IOException if the journal cannot be read
    public static ConversationHistory read(ConversationLog log) throws IOException {
        ConversationHistory history = new ConversationHistory();
        log.readRecent(history::append);
        return history;
    }
}
