package dev.oriel.agent.cli.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The asks that the CLI waits for, with the requests that are needed to make a reply complete. Any
/// thread.
final class PendingCliAsks {
    private final Map<String, Message> open = new ConcurrentHashMap<>();

    void add(Message ask) {
        String id = ask.requestId();
        if (id != null) {
            open.put(id, ask);
        }
    }

    /// The CLI has withdrawn the ask.
    void remove(@Nullable String requestId) {
        if (requestId != null) {
            open.remove(requestId);
        }
    }

    /// Completes a reply for the CLI: an allow always carries `updatedInput` (2.1.197 and older
    /// deny without it), a deny always a `message`.
    ///
    /// @return empty if no ask waits for the reply, because it was withdrawn or replied to
    Optional<byte[]> complete(Message reply) {
        String id = reply.requestId();
        Message ask = id == null ? null : open.remove(id);
        if (ask == null) {
            return Optional.empty();
        }
        ObjectNode whole = reply.tree().deepCopy();
        if (whole.path("response").get("response") instanceof ObjectNode verdict) {
            JsonNode behavior = verdict.path("behavior");
            if ("allow".equals(behavior.textValue()) && !verdict.path("updatedInput").isObject()) {
                JsonNode input = ask.tree().path("request").path("input");
                verdict.set("updatedInput", input.isObject() ? input : Json.object());
            } else if ("deny".equals(behavior.textValue())
                    && !verdict.path("message").isTextual()) {
                verdict.put("message", "The user said no to this.");
            }
        }
        return Optional.of(Json.encode(whole));
    }
}
