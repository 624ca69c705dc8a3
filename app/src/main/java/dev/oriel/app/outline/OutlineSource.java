package dev.oriel.app.outline;

import dev.oriel.client.PromptLines;
import java.util.concurrent.CompletableFuture;

/// Lists the prompts of the open session, newest first.
@FunctionalInterface
public interface OutlineSource {
    /// See [dev.oriel.client.ServerClient#prompts].
    CompletableFuture<PromptLines> prompts(long before);
}
