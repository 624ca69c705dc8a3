package dev.oriel.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// An answer to an HTTP request.
///
/// @param contentType empty if there is no body
public record HttpReply(int status, String contentType, byte[] body, Map<String, String> headers) {
    private static final String JSON = "application/json;charset=utf-8";

    public static HttpReply json(int status, JsonNode node) {
        return json(status, Json.bytes(node));
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

    /// The same with one header more.
    public HttpReply with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpReply(status, contentType, body, more);
    }
}
