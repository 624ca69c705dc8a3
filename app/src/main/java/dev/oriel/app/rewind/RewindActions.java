package dev.oriel.app.rewind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;

/// What returning to an earlier prompt needs of the window. Futures complete on any thread.
public interface RewindActions {
    /// Forks the open session before a prompt, and opens the fork.
    ///
    /// @param before seq of the prompt
    CompletableFuture<Void> fork(long before);

    /// Rewinds the open session's conversation to before a prompt.
    ///
    /// @param before seq of the prompt
    CompletableFuture<Void> rewind(long before);

    /// Sends a control request to the open session.
    CompletableFuture<ObjectNode> control(ObjectNode request);

    /// Offers a prompt for editing.
    void edit(String prompt);
}
