package dev.oriel.agent.api;

import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.message.Message;
import java.util.List;

/// What turns and the agent's surroundings tell each other: files are kept before each prompt, and
/// tasks that have ended are reported. Thread-safe.
interface TurnNotices {
    /// Neither tells anything.
    TurnNotices NONE =
            new TurnNotices() {
                @Override
                public void onPrompt(Message prompt) {}

                @Override
                public List<String> forModel() {
                    return List.of();
                }

                @Override
                public List<String> forUser() {
                    return List.of();
                }
            };

    /// @param action called on any thread when there is something for the model
    default void onNews(Runnable action) {}

    /// A turn begins with a prompt. May block on the disk.
    void onPrompt(Message prompt);

    /// Asks the user what has to be decided before the model is asked. Blocks.
    ///
    /// @throws java.util.concurrent.CancellationException if the scope was cancelled
    default void beforeModel(String permissionMode, CancelScope cancel)
            throws InterruptedException {}

    /// Texts that the model has not been told yet, each once.
    List<String> forModel();

    /// Sentences that the user has not been told yet, each once. May block.
    List<String> forUser();
}
