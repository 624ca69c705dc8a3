package dev.oriel.testing.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Counts what a request reads from the prompt cache and what it stores there, as the Messages API
/// does: the prefix is tools, system prompt and messages, block by block; each `cache_control` is
/// looked up at its block and at up to 20 blocks before it. A token has four bytes. Thread-safe.
final class PromptCache {
    private static final int LOOK_BACK = 20;

    /// Shorter prefixes are not stored.
    private static final int MINIMUM = 1024;

    private final Set<String> stored = new HashSet<>(); // guarded by this

    /// @return the members of `usage` for the input
    synchronized ObjectNode count(ObjectNode body) {
        List<JsonNode> blocks = new ArrayList<>();
        List<Integer> marks = new ArrayList<>();
        body.path("tools").forEach(b -> add(b, "tools", blocks, marks));
        body.path("system").forEach(b -> add(b, "system", blocks, marks));
        ObjectNode mode = Json.object().put("mode", true);
        mode.set("thinking", body.path("thinking"));
        mode.set("tool_choice", body.path("tool_choice"));
        blocks.add(mode); // a change of it makes the messages another prefix
        for (JsonNode message : body.path("messages")) {
            String role = message.path("role").asText();
            JsonNode content = message.path("content");
            if (content.isTextual()) {
                blocks.add(content);
            }
            content.forEach(b -> add(b, role, blocks, marks));
        }
        List<String> prefixes = new ArrayList<>();
        List<Integer> tokens = new ArrayList<>();
        MessageDigest digest = sha256();
        digest.update(body.path("model").asText().getBytes(StandardCharsets.UTF_8));
        int total = 0;
        for (JsonNode block : blocks) {
            byte[] bytes = block.toString().getBytes(StandardCharsets.UTF_8);
            digest.update(bytes);
            total += block.equals(mode) ? 0 : Math.max(1, bytes.length / 4);
            prefixes.add(HexFormat.of().formatHex(copy(digest).digest()));
            tokens.add(total);
        }
        int read = 0;
        int last = 0;
        for (int mark : marks) {
            last = tokens.get(mark);
            for (int at = mark; at >= Math.max(0, mark - LOOK_BACK); at--) {
                if (stored.contains(prefixes.get(at))) {
                    read = Math.max(read, tokens.get(at));
                    break;
                }
            }
        }
        for (int mark : marks) {
            if (tokens.get(mark) >= MINIMUM) {
                stored.add(prefixes.get(mark));
            }
        }
        int created = last < MINIMUM ? 0 : Math.max(0, last - read);
        return Json.object()
                .put("input_tokens", total - read - created)
                .put("cache_creation_input_tokens", created)
                .put("cache_read_input_tokens", read);
    }

    private static void add(
            JsonNode block, String role, List<JsonNode> blocks, List<Integer> marks) {
        if (block.has("cache_control")) {
            marks.add(blocks.size());
        }
        ObjectNode plain = Json.object().put("in", role);
        plain.set("block", unmarked(block));
        blocks.add(plain);
    }

    private static JsonNode unmarked(JsonNode block) {
        return block instanceof ObjectNode object
                ? object.deepCopy().without("cache_control")
                : block;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
