package dev.oriel.app.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.client.PromptOutbox;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.util.ArrayList;
import java.util.List;

/// The prompts of one session that wait: on the server, and after them in the outbox. Belongs to
/// the JavaFX thread.
final class SessionQueue {
    private final String sessionId;
    private final PromptOutbox outbox;
    private List<QueuedPrompt> onServer = List.of();
    private boolean held;

    SessionQueue(String sessionId, PromptOutbox outbox) {
        this.sessionId = sessionId;
        this.outbox = outbox;
    }

    /// @param queue a message `{"type": "system", "subtype": "oriel_queue", "prompts": […], "held":
    ///   BOOLEAN}`
    void update(Message queue) {
        List<QueuedPrompt> prompts = new ArrayList<>();
        for (JsonNode prompt : queue.tree().path("prompts")) {
            prompts.add(
                    new QueuedPrompt(
                            prompt.path("uuid").asText(), UserMessages.text(prompt), true));
        }
        onServer = List.copyOf(prompts);
        held = queue.tree().path("held").asBoolean();
    }

    /// All waiting prompts, oldest first.
    List<QueuedPrompt> prompts() {
        List<QueuedPrompt> all = new ArrayList<>(onServer);
        for (Message prompt : outbox.pending(sessionId)) {
            all.add(
                    new QueuedPrompt(
                            String.valueOf(prompt.uuid()),
                            UserMessages.text(prompt.tree()),
                            false));
        }
        return List.copyOf(all);
    }

    /// Whether the prompts wait until the user resumes the queue.
    boolean isHeld() {
        return held;
    }
}
