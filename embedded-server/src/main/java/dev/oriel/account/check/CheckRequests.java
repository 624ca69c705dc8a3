package dev.oriel.account.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.Account;
import dev.oriel.account.SecretText;
import dev.oriel.client.transport.Transport;
import dev.oriel.message.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Short requests to the server of an account. Responses are bounded in time and size, redirects
/// are not followed. Blocks; to be closed.
final class CheckRequests implements AutoCloseable {
    private static final int MAX_BYTES = 8 << 20;

    private final HttpClient http;
    private final URI baseUrl;
    private final Map<String, String> headers;
    private final long end;

    /// @param secrets the values of secret headers, that of the key included
    /// @param timeout of all requests together
    CheckRequests(
            Account account,
            Map<String, SecretText> secrets,
            Duration timeout,
            Transport transport) {
        this.baseUrl = account.baseUrl();
        this.end = System.nanoTime() + timeout.toNanos();
        this.headers = new LinkedHashMap<>();
        headers.put("anthropic-version", "2023-06-01");
        account.headers()
                .forEach((name, value) -> {
                    if (value != null) {
                        headers.put(name, value);
                    }
                });
        secrets.forEach((name, value) -> headers.put(name, value.reveal()));
        http = transport.createHttpClient(task -> Thread.ofVirtual().name("check").start(task));
    }

    /// A response.
    ///
    /// @param json a missing node if the body is no JSON
    record Reply(int status, JsonNode json) {
        boolean isOk() {
            return status / 100 == 2;
        }

        /// `error.type` of the Messages API, or an empty string.
        String errorType() {
            return json.at("/error/type").asText("");
        }

        /// What the server says about an error, or an empty string.
        String errorText() {
            JsonNode error = json.path("error");
            String text = error.isTextual() ? error.asText() : error.path("message").asText("");
            return text.isEmpty() ? json.path("detail").asText("") : text;
        }

        /// Whether the body is an error of the Messages API.
        boolean isApiError() {
            return json.path("type").asText().equals("error") && json.path("error").isObject();
        }
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send(path, null);
    }

    Reply post(String path, ObjectNode body) throws IOException, InterruptedException {
        return send(path, body);
    }

    /// @throws HttpTimeoutException if the response is not complete in time
    private Reply send(String path, @Nullable ObjectNode body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path));
        try {
            headers.forEach(request::setHeader);
        } catch (IllegalArgumentException _) {
            // Without the cause, whose message contains the value.
            throw new IOException("A header of the account is not valid.");
        }
        if (body != null) {
            request.setHeader("content-type", "application/json")
                    .POST(BodyPublishers.ofByteArray(Json.encode(body)));
        }
        CompletableFuture<HttpResponse<byte[]>> pending =
                http.sendAsync(
                        request.build(),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
        try {
            HttpResponse<byte[]> response =
                    pending.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            return new Reply(response.statusCode(), parse(response.body()));
        } catch (TimeoutException _) {
            throw new HttpTimeoutException("The server does not answer.");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            pending.cancel(true);
        }
    }

    /// @param body null if a proxy refused the connection
    private static JsonNode parse(byte @Nullable [] body) {
        try {
            JsonNode json = body == null ? null : Json.mapper().readTree(body);
            return json == null ? Json.mapper().missingNode() : json;
        } catch (IOException _) {
            return Json.mapper().missingNode();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
