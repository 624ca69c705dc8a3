package dev.oriel.agent.api.mcp.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.AccountHttp;
import dev.oriel.message.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// Requests to login services: bounded, without redirects, and only over TLS or to this computer.
/// Blocks.
final class OAuthRequests {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_BYTES = 1 << 20;

    private OAuthRequests() {}

    /// A response.
    ///
    /// @param json an empty object if the body is none
    record Reply(int status, ObjectNode json) {
        boolean isOk() {
            return status / 100 == 2;
        }

        /// What the service says, without a key.
        String problem() {
            String text = json.path("error_description").asText("");
            return text.isEmpty() ? json.path("error").asText("status " + status) : text;
        }
    }

    static Reply get(URI uri) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(checked(uri)).header("accept", "application/json"), uri);
    }

    static Reply postJson(URI uri, ObjectNode body) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(checked(uri))
                        .header("accept", "application/json")
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofByteArray(Json.encode(body))),
                uri);
    }

    static Reply postForm(URI uri, Map<String, String> form)
            throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(checked(uri))
                        .header("accept", "application/json")
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(query(form))),
                uri);
    }

    static String query(Map<String, String> values) {
        return values.entrySet().stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// @throws IOException if the address is neither encrypted nor on this computer; the message is
    ///   for the user
    static URI checked(URI uri) throws IOException {
        boolean allowed =
                "https".equalsIgnoreCase(uri.getScheme())
                        || ("http".equalsIgnoreCase(uri.getScheme()) && isHere(uri));
        if (!allowed || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IOException("The login service has an address that is not encrypted.");
        }
        return uri;
    }

    /// Like [#checked(URI)], for an address that an MCP server names.
    ///
    /// @throws IOException also if it is on this computer and the server is not: the server would
    ///   reach what only this computer can
    static URI checked(URI uri, URI server) throws IOException {
        if (isHere(uri) && !isHere(server)) {
            throw new IOException("The server names a login service on this computer.");
        }
        return checked(uri);
    }

    private static boolean isHere(URI uri) {
        return uri.getHost() != null
                && (uri.getHost().equals("localhost")
                        || uri.getHost().equals("127.0.0.1")
                        || uri.getHost().equals("[::1]"));
    }

    private static Reply send(HttpRequest.Builder request, URI uri)
            throws IOException, InterruptedException {
        try (HttpClient http =
                AccountHttp.client(uri, task -> Thread.ofVirtual().name("mcp-login").start(task))) {
            HttpResponse<byte[]> response =
                    http.send(
                            request.timeout(TIMEOUT).build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
            JsonNode json = Json.object();
            try {
                json = Json.mapper().readTree(response.body());
            } catch (IOException _) {
                // A page for people.
            }
            return new Reply(
                    response.statusCode(), json instanceof ObjectNode o ? o : Json.object());
        }
    }
}
