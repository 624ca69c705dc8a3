package dev.oriel.agent.cli.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The `can_use_tool` requests that the CLI waits for, so that every answer can be made complete.
/// Any thread.
final class PendingCliAsks {
    private final Map<String, Message> open = new ConcurrentHashMap<>();

    void add(Message ask) {
        String id = ask.requestId();
        if (id != null) {
            open.put(id, ask);
        }
    }

    /// The CLI has withdrawn it.
    void remove(@Nullable String requestId) {
        if (requestId != null) {
            open.remove(requestId);
        }
    }

    /// Takes an answer and returns what goes to the CLI: an allow always carries `updatedInput`
    /// (2.1.197 and older deny without), a deny always a `message`.
    ///
    /// @return empty if nothing waits for this answer: withdrawn, or answered already
    Optional<byte[]> complete(Message answer) {
        String id = answer.requestId();
        Message ask = id == null ? null : open.remove(id);
        if (ask == null) {
            return Optional.empty();
        }
        ObjectNode whole = answer.tree().deepCopy();
        if (whole.path("response").get("response") instanceof ObjectNode verdict) {
            JsonNode behavior = verdict.path("behavior");
            if ("allow".equals(behavior.textValue()) && !verdict.path("updatedInput").isObject()) {
                JsonNode input = ask.tree().path("request").path("input");
                verdict.set("updatedInput", input.isObject() ? input : Json.object());
            } else if ("deny".equals(behavior.textValue())
                    && !verdict.path("message").isTextual()) {
                verdict.put("message", "The person said no to this.");
            }
        }
        return Optional.of(Json.encode(whole));
    }
}
