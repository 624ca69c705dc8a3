package dev.oriel.testing.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Remembers what was before each block of thinking, and compares it when the block comes back.
/// Thread-safe.
final class ThinkingBinding {
    /// The prefix of a block by its signature.
    private final Map<String, String> prefixes = new ConcurrentHashMap<>();

    /// The thinking of a response to this request was sent.
    void sent(ObjectNode body, Set<String> signatures) {
        signatures.forEach(s -> prefixes.put(s, prefix(body, body.path("messages").size())));
    }

    /// @return what the API says if the prefix of a block has changed; null if all fit
    @Nullable String check(ObjectNode body) {
        JsonNode messages = body.path("messages");
        for (int i = 0; i < messages.size(); i++) {
            JsonNode content = messages.path(i).path("content");
            for (int j = 0; j < content.size(); j++) {
                JsonNode block = content.path(j);
                if (!block.path("type").asText().equals("thinking")) {
                    continue;
                }
                String before = prefixes.get(block.path("signature").asText());
                if (before != null && !before.equals(prefix(body, i))) {
                    return "messages."
                            + i
                            + ".content."
                            + j
                            + ": Invalid `signature` in `thinking` block. The block is bound to a"
                            + " different conversation. Remove the block, or set"
                            + " `thinking.block_binding.prefix_mismatch_behavior` to"
                            + " \"drop_block\".";
                }
            }
        }
        return null;
    }

    private static String prefix(ObjectNode body, int messages) {
        ObjectNode prefix = Json.object();
        prefix.set("system", unmarked(body.path("system")));
        prefix.set("tools", unmarked(body.path("tools")));
        ArrayNode before = prefix.putArray("messages");
        for (int i = 0; i < messages; i++) {
            JsonNode message = body.path("messages").path(i);
            ObjectNode copy = Json.object().put("role", message.path("role").asText());
            copy.set("content", unmarked(message.path("content")));
            before.add(copy);
        }
        return prefix.toString();
    }

    private static JsonNode unmarked(JsonNode blocks) {
        JsonNode copy = blocks.deepCopy();
        copy.forEach(b -> {
            if (b instanceof ObjectNode block) {
                block.remove("cache_control");
            }
        });
        return copy;
    }
}
