package dev.oriel.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer to an HTTP request.
///
/// @param contentType empty if there is no body
/// @param bodyStream begins a body that goes on, instead of `body`; null for none
public record HttpReply(
        int status,
        String contentType,
        byte[] body,
        Map<String, String> headers,
        @Nullable BodyStream bodyStream) {
    private static final String JSON = "application/json;charset=utf-8";

    /// Begins a body that goes on until one side ends it.
    public interface BodyStream {
        /// Sends the body, now and later. On a thread of its own.
        ///
        /// @param peer takes texts, and writes them as they are, one behind the other
        /// @return what is to be done once the client is gone
        Runnable open(Peer peer);
    }

    public HttpReply(int status, String contentType, byte[] body, Map<String, String> headers) {
        this(status, contentType, body, headers, null);
    }

    /// An answer that goes on.
    public static HttpReply stream(String contentType, BodyStream opening) {
        return new HttpReply(200, contentType, new byte[0], Map.of(), opening);
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

    /// `{"error":{"code","message"}}`.
    public static HttpReply error(int status, String code, String message) {
        ObjectNode node = Json.object();
        node.putObject("error").put("code", code).put("message", message);
        return json(status, node);
    }

    /// The same with another beginning of its body.
    public HttpReply withBodyStream(BodyStream other) {
        return new HttpReply(status, contentType, body, headers, other);
    }

    /// The same with one header more.
    public HttpReply withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpReply(status, contentType, body, more, bodyStream);
    }
}
