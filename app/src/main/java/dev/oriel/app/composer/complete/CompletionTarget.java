package dev.oriel.app.composer.complete;

import dev.oriel.client.FileMatches;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Where the picker gets its rows from. Called on the JavaFX thread.
public interface CompletionTarget {
    /// The commands of the agent. If no agent is running, one is started for that.
    ///
    /// @return fails with an exception whose message is for the user
    CompletableFuture<List<AgentCommand>> commands();

    /// The files and folders that match a query, in the folder of the session.
    ///
    /// @param limit the largest number of them
    /// @return best first; fails with an exception whose message is for the user
    CompletableFuture<FileMatches> findFiles(String query, int limit);
}
