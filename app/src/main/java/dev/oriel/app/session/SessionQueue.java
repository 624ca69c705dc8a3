package dev.oriel.app.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.app.media.MediaBlocks;
import dev.oriel.client.PromptOutbox;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The prompts of one session that wait: on the server, and after them in the outbox. Belongs to
/// the JavaFX thread.
final class SessionQueue {
    private final String sessionId;
    private final PromptOutbox outbox;
    private List<QueuedPrompt> onServer = List.of();
    private boolean held;

    /// The last message about the queue, if a prompt in it has attachments. Its tree is not kept:
    /// it is much larger.
    private byte[] withAttachments = new byte[0];

    SessionQueue(String sessionId, PromptOutbox outbox) {
        this.sessionId = sessionId;
        this.outbox = outbox;
    }

    /// @param queue a message `{"type": "system", "subtype": "oriel_queue", "prompts": […], "held":
    ///   BOOLEAN}`
    void update(Message queue) {
        List<QueuedPrompt> prompts = new ArrayList<>();
        for (JsonNode prompt : queue.tree().path("prompts")) {
            prompts.add(queued(prompt.path("uuid").asText(), prompt, true));
        }
        onServer = List.copyOf(prompts);
        boolean attached = onServer.stream().anyMatch(p -> !p.attachments().isEmpty());
        withAttachments = attached ? queue.bytes() : new byte[0];
        held = queue.tree().path("held").asBoolean();
    }

    private static QueuedPrompt queued(String uuid, JsonNode user, boolean sent) {
        JsonNode content = user.path("message").path("content");
        return new QueuedPrompt(
                uuid, UserMessages.text(user), MediaBlocks.attachments(content, 0), sent);
    }

    /// The content of a waiting prompt with attachments; empty if it does not wait.
    Optional<JsonNode> content(String uuid) {
        for (Message prompt : outbox.pending(sessionId)) {
            if (uuid.equals(prompt.uuid())) {
                return Optional.of(prompt.tree().path("message").path("content"));
            }
        }
        try {
            for (JsonNode prompt : Json.parseObject(withAttachments).path("prompts")) {
                if (prompt.path("uuid").asText().equals(uuid)) {
                    return Optional.of(prompt.path("message").path("content"));
                }
            }
        } catch (MalformedMessageException e) {
            // There is no prompt with attachments.
        }
        return Optional.empty();
    }

    /// All waiting prompts, oldest first.
    List<QueuedPrompt> prompts() {
        List<QueuedPrompt> all = new ArrayList<>(onServer);
        for (Message prompt : outbox.pending(sessionId)) {
            all.add(queued(String.valueOf(prompt.uuid()), prompt.tree(), false));
        }
        return List.copyOf(all);
    }

    /// Whether the prompts wait until the user resumes the queue.
    boolean isHeld() {
        return held;
    }
}
