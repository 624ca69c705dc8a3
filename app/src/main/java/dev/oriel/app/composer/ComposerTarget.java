package dev.oriel.app.composer;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Where the composer writes to: an open session, or one that begins with the first prompt. Called
/// on the JavaFX thread.
public interface ComposerTarget {
    /// The name its draft is kept under.
    String key();

    /// Takes a prompt: from here on it is kept until the server has it.
    ///
    /// @return fails with an exception whose message is for a person if it could not be kept; the
    ///   text then goes back
    CompletableFuture<Void> send(String text);

    /// Asks the agent to stop; what waits is not begun until somebody goes on.
    ///
    /// @return completes with the agent's receipt
    CompletableFuture<Void> interrupt();

    /// Begins with what waits after a stop.
    CompletableFuture<Void> resumeQueue();

    /// Takes a waiting prompt back.
    ///
    /// @return whether it was still waiting
    CompletableFuture<Boolean> withdraw(QueuedPrompt prompt);

    /// What the user has sent, oldest first, as far as it is known.
    List<String> history();

    /// Looks for what was sent before that.
    ///
    /// @return whether [#history()] now knows more
    CompletableFuture<Boolean> loadOlderHistory();
}
