package dev.oriel.agent.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The model's earlier thinking in a request. Newer models accept it only if everything before it
/// is as it was: the system prompt, the tools and the messages. After a resume, or with a tool
/// more, it is not, and the API refuses the request, this time and always. The conversation goes on
/// without that thinking. Pure.
final class PastThinking {
    private static final Pattern REFUSAL =
            Pattern.compile(
                    "signature.{0,40}thinking|bound to a different conversation|block_binding"
                            + "|thinking.{0,60}cannot be modified|expected .?thinking");

    private PastThinking() {}

    /// Whether a request was refused for the thinking in its messages.
    static boolean isRefused(ApiException e) {
        return e.kind() == ApiException.Kind.STATUS
                && (e.status() == 400 || e.status() == 422)
                && REFUSAL.matcher(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT)).find();
    }

    /// The same request without it.
    static ApiRequest without(ApiRequest request) {
        ObjectNode thinking = request.thinking();
        // With a budget, the last answer must begin with its thinking.
        boolean isBudget = thinking != null && thinking.path("type").asText().equals("enabled");
        List<byte[]> messages = new ArrayList<>();
        for (byte[] message : request.messages()) {
            messages.add(without(message));
        }
        return new ApiRequest(
                request.model(),
                request.maxTokens(),
                request.system(),
                request.tools(),
                messages,
                isBudget ? null : thinking,
                request.effort(),
                request.toolChoice());
    }

    private static byte[] without(byte[] message) {
        try {
            ObjectNode json = Json.parseObject(message);
            if (!json.path("role").asText().equals("assistant")
                    || !(json.path("content") instanceof ArrayNode content)) {
                return message;
            }
            ArrayNode rest = Json.mapper().createArrayNode();
            for (JsonNode block : content) {
                String type = block.path("type").asText();
                if (!type.equals("thinking") && !type.equals("redacted_thinking")) {
                    rest.add(block);
                }
            }
            if (rest.size() == content.size()) {
                return message;
            }
            if (rest.isEmpty()) {
                rest.addObject().put("type", "text").put("text", "[Thinking, left out]");
            }
            json.set("content", rest);
            return Json.encode(json);
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException("a message is malformed", e);
        }
    }
}
