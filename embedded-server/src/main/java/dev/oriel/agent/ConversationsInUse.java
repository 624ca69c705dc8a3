package dev.oriel.agent;

import java.io.IOException;
import java.util.Set;
import java.util.UUID;

/// The conversations that sessions have, by the agents' ids. Thread-safe.
@FunctionalInterface
public interface ConversationsInUse {
    /// Those of all sessions at the moment. Blocks.
    ///
    /// @throws IOException if the journal cannot be read
    Set<UUID> read() throws IOException;
}
