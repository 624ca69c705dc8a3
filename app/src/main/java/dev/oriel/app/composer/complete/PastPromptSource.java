package dev.oriel.app.composer.complete;

import dev.oriel.client.ServerClient.PastPrompt;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Where earlier prompts are found. Called on the JavaFX thread.
public interface PastPromptSource {
    /// Finds prompts that were sent before.
    ///
    /// @param words what they contain, in whatever case; empty for all
    /// @param everywhere whether those of all folders are found, instead of the page's own
    /// @return the last one first; fails with an exception whose message is for the user
    CompletableFuture<List<PastPrompt>> findPrompts(String words, boolean everywhere, int limit);

    /// The prompts of this page that are known without the server, oldest first.
    List<String> sentPrompts();
}
