package dev.oriel.app.composer;

import dev.oriel.app.composer.attach.AttachmentsViewModel;
import dev.oriel.platform.FutureFailures;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Stores prompts with their attachments in the order in which they are sent, and returns those
/// that could not be stored. Belongs to the JavaFX thread.
final class PromptDispatch {
    private final AttachmentsViewModel attachments;
    private final QueueViewModel.Receiver returned;
    private final Executor fx;
    private final Consumer<String> errors;

    /// Completes when the last prompt is stored.
    private CompletableFuture<Void> lastStored = CompletableFuture.completedFuture(null);

    /// @param returned receives the prompts that could not be stored
    /// @param errors receives sentences for the user
    PromptDispatch(
            AttachmentsViewModel attachments,
            QueueViewModel.Receiver returned,
            Executor fx,
            Consumer<String> errors) {
        this.attachments = attachments;
        this.returned = returned;
        this.fx = fx;
        this.errors = errors;
    }

    /// Stores a prompt after the one before it, whose attachments may still be read.
    CompletableFuture<Void> store(ComposerTarget to, String prompt) {
        CompletableFuture<Void> before = lastStored;
        CompletableFuture<Void> stored =
                attachments.send(
                        prompt,
                        content ->
                                before.isDone()
                                        ? to.send(content)
                                        : before.handle((_, _) -> content)
                                                .thenComposeAsync(to::send, fx));
        lastStored = stored;
        return stored;
    }

    /// Returns the text of a prompt if it could not be stored. The attachments return by
    /// themselves.
    void returnIfFailed(ComposerTarget to, String prompt, CompletableFuture<Void> stored) {
        stored.whenCompleteAsync(
                (_, failure) -> {
                    if (failure != null) {
                        returned.restore(to.key(), prompt, Optional.empty());
                        errors.accept(FutureFailures.message(failure));
                    }
                },
                fx);
    }
}
