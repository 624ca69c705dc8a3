package dev.oriel.agent.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Encodes the body of a request. The messages are already encoded and are copied. Pure.
final class RequestBody {
    private RequestBody() {}

    /// @param userId the `metadata.user_id`; empty to leave it out
    static byte[] encode(ApiRequest request, String userId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (JsonGenerator json = Json.mapper().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("model", request.model());
            json.writeNumberField("max_tokens", request.maxTokens());
            json.writeBooleanField("stream", true);
            trees(json, "system", request.system());
            trees(json, "tools", request.tools());
            if (request.toolChoice() != null) {
                json.writePOJOField("tool_choice", request.toolChoice());
            }
            if (request.thinking() != null) {
                json.writePOJOField("thinking", request.thinking());
            }
            if (request.effort() != null) {
                json.writeObjectFieldStart("output_config");
                json.writeStringField("effort", request.effort());
                json.writeEndObject();
            }
            if (!userId.isEmpty()) {
                json.writeObjectFieldStart("metadata");
                json.writeStringField("user_id", userId);
                json.writeEndObject();
            }
            json.writeArrayFieldStart("messages");
            for (byte[] message : request.messages()) {
                json.writeRawValue(new String(message, StandardCharsets.UTF_8));
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a buffer does not fail
        }
        return bytes.toByteArray();
    }

    private static void trees(JsonGenerator json, String name, List<ObjectNode> trees)
            throws IOException {
        if (!trees.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (ObjectNode tree : trees) {
                json.writeTree(tree);
            }
            json.writeEndArray();
        }
    }
}
