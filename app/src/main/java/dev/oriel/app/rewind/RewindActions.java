package dev.oriel.app.rewind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;

/// What returning to an earlier prompt of one session needs of the window. Futures complete on any
/// thread.
public interface RewindActions {
    /// Forks the session before a prompt, and opens the fork.
    ///
    /// @param before seq of the prompt
    /// @return id of the session in which the prompt can be sent again
    CompletableFuture<String> fork(long before);

    /// Rewinds the session's conversation to before a prompt.
    ///
    /// @param before seq of the prompt
    /// @return id of the session in which the prompt can be sent again
    CompletableFuture<String> rewind(long before);

    /// Sends a control request to the session.
    CompletableFuture<ObjectNode> control(ObjectNode request);

    /// Offers a prompt for editing, with what is attached to it.
    ///
    /// @param session id of the session in which it is edited
    void edit(String session, PromptPoint prompt);
}
