package dev.oriel.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A reply to an HTTP request.
///
/// @param contentType empty if there is no body
/// @param bodyStream a streaming body that replaces `body`; null for none
public record HttpReply(
        int status,
        String contentType,
        byte[] body,
        Map<String, String> headers,
        @Nullable BodyStream bodyStream) {
    private static final String JSON = "application/json;charset=utf-8";

    /// A body that is streamed until the client or the server ends it.
    public interface BodyStream {
        /// Starts the body. Called on the request's thread; the body may be sent later.
        ///
        /// @param peer writes texts to the body unchanged, one after the other
        /// @return the task to run after the client has disconnected
        Runnable open(Peer peer);
    }

    public HttpReply(int status, String contentType, byte[] body, Map<String, String> headers) {
        this(status, contentType, body, headers, null);
    }

    /// A reply with status 200 and a streaming body.
    public static HttpReply stream(String contentType, BodyStream bodyStream) {
        return new HttpReply(200, contentType, new byte[0], Map.of(), bodyStream);
    }

    public static HttpReply json(int status, JsonNode node) {
        return json(status, Json.encode(node));
    }

    public static HttpReply json(int status, byte[] body) {
        return new HttpReply(status, JSON, body, Map.of());
    }

    public static HttpReply text(int status, String contentType, String text) {
        return new HttpReply(status, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public static HttpReply empty(int status) {
        return new HttpReply(status, "", new byte[0], Map.of());
    }

    /// A reply with the JSON body `{"error":{"code","message"}}`.
    public static HttpReply error(int status, String code, String message) {
        ObjectNode node = Json.object();
        node.putObject("error").put("code", code).put("message", message);
        return json(status, node);
    }

    /// A copy with another streaming body.
    public HttpReply withBodyStream(BodyStream other) {
        return new HttpReply(status, contentType, body, headers, other);
    }

    /// A copy with an additional header.
    public HttpReply withHeader(String name, String value) {
        var extended = new LinkedHashMap<>(headers);
        extended.put(name, value);
        return new HttpReply(status, contentType, body, extended, bodyStream);
    }
}
