package dev.oriel.app.composer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.composer.complete.CompletionTarget;
import dev.oriel.app.composer.complete.PastPromptSource;
import dev.oriel.message.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What the composer sends to: an open session, or one that is created with the first prompt.
/// Called on the JavaFX thread.
public interface ComposerTarget extends CompletionTarget, PastPromptSource {
    /// The key of its draft in the [DraftStore].
    String key();

    /// Stores a prompt, and sends it now or once the connection is back.
    ///
    /// @param content a string, or an array of content blocks
    /// @return completes when the prompt is stored; fails with an exception whose message is for
    ///   the user if it could not be stored
    CompletableFuture<Void> send(JsonNode content);

    /// Sends a text.
    default CompletableFuture<Void> send(String text) {
        return send(Json.mapper().getNodeFactory().textNode(text));
    }

    /// Interrupts the turn; prompts that wait are held until the queue is resumed.
    ///
    /// @return completes when the agent has confirmed it
    CompletableFuture<Void> interrupt();

    /// Starts the prompts that are held.
    CompletableFuture<Void> resumeQueue();

    /// Withdraws a waiting prompt.
    ///
    /// @return whether it was still waiting
    CompletableFuture<Boolean> withdraw(QueuedPrompt prompt);

    /// The content of a waiting prompt: a string, or an array of content blocks. Empty if it no
    /// longer waits.
    default Optional<JsonNode> queuedContent(QueuedPrompt prompt) {
        return Optional.empty();
    }

    /// Why the waiting prompts cannot be rearranged, sent at once or taken up by the running turn;
    /// empty if they can.
    String whyQueueIsFixed();

    /// Changes the order of the waiting prompts.
    ///
    /// @param uuids the order of those that the server has
    CompletableFuture<Void> reorder(List<String> uuids);

    /// Interrupts the turn and starts a waiting prompt next.
    CompletableFuture<Void> sendNow(QueuedPrompt prompt);

    /// Hands a waiting prompt to the running turn.
    CompletableFuture<Void> steer(QueuedPrompt prompt);

    /// The prompts that the user has sent, oldest first, as far as they are loaded.
    @Override
    List<String> sentPrompts();

    /// Loads older prompts.
    ///
    /// @return whether [#sentPrompts()] has become longer
    CompletableFuture<Boolean> loadOlderHistory();
}
