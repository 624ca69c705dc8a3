package dev.oriel.client.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.ClientException;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.TokenSource;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// HTTP requests of the native wire, with JSON bodies. Errors are [ClientException].
final class RestClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http;
    private final ServerAddress server;
    private final TokenSource token;
    private final Executor background;

    RestClient(HttpClient http, ServerAddress server, TokenSource token, Executor background) {
        this.http = http;
        this.server = server;
        this.token = token;
        this.background = background;
    }

    /// Sends a request.
    ///
    /// @param path with its query
    /// @param body null for none
    /// @return the body of the reply
    CompletableFuture<JsonNode> request(String method, String path, @Nullable ObjectNode body) {
        try {
            // Reading the token may block.
            return CompletableFuture.supplyAsync(() -> send(method, path, body), background);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(
                    new ClientException(ErrorCode.UNREACHABLE, "The client was closed.", e));
        }
    }

    private JsonNode send(String method, String path, @Nullable ObjectNode body) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(server.httpUri(path))
                            .timeout(TIMEOUT)
                            .method(
                                    method,
                                    body == null
                                            ? BodyPublishers.noBody()
                                            : BodyPublishers.ofByteArray(Json.encode(body)));
            if (body != null) {
                request.header("Content-Type", "application/json");
            }
            String bearer = bearer();
            if (!bearer.isEmpty()) {
                request.header("Authorization", "Bearer " + bearer);
            }
            return read(http.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new CompletionException(
                    new ClientException(ErrorCode.UNREACHABLE, "The server cannot be reached.", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(
                    new ClientException(ErrorCode.UNREACHABLE, "The request was cancelled.", e));
        } catch (ClientException e) {
            throw new CompletionException(e);
        }
    }

    private String bearer() throws ClientException {
        try {
            return token.token();
        } catch (IOException e) {
            throw new ClientException(ErrorCode.NO_TOKEN, "The token cannot be read.", e);
        }
    }

    private static JsonNode read(HttpResponse<byte[]> response) throws ClientException {
        JsonNode body;
        try {
            body =
                    response.body().length == 0
                            ? Json.object()
                            : Json.mapper().readTree(response.body());
        } catch (IOException e) {
            throw new ClientException(
                    ErrorCode.INTERNAL, "There is no Oriel server at this address.", e);
        }
        if (response.statusCode() / 100 == 2) {
            return body;
        }
        JsonNode error = body.path("error");
        throw new ClientException(
                error.path("code").asText(ErrorCode.INTERNAL),
                error.path("message")
                        .asText("The server answered with status " + response.statusCode() + "."));
    }
}
