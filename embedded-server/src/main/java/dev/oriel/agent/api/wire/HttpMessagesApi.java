package dev.oriel.agent.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.Account;
import dev.oriel.account.AccountHttp;
import dev.oriel.account.SecretText;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The Messages API over the HTTP client of the JDK. Follows no redirects, since they would take
/// the key along.
public final class HttpMessagesApi implements MessagesApi {
    private static final Duration RESPONSE_LIMIT = Duration.ofMinutes(10);
    private static final Duration LIST_LIMIT = Duration.ofSeconds(20);
    private static final int MAX_ERROR = 64 << 10;
    private static final int MAX_LIST = 8 << 20;

    private final HttpClient http;
    private final URI baseUrl;
    private final Map<String, String> headers = new LinkedHashMap<>();

    /// @param key null for none
    /// @param secretHeaders values of the account's secret headers
    public HttpMessagesApi(
            Account account, @Nullable SecretText key, Map<String, SecretText> secretHeaders) {
        this.baseUrl = account.baseUrl();
        headers.put("anthropic-version", "2023-06-01");
        headers.put("content-type", "application/json");
        account.headers()
                .forEach((name, value) -> {
                    if (value != null) {
                        headers.put(name, value);
                    }
                });
        secretHeaders.forEach((name, value) -> headers.put(name, value.reveal()));
        if (key != null) {
            switch (account.auth()) {
                case API_KEY -> headers.put("x-api-key", key.reveal());
                case BEARER -> headers.put("authorization", "Bearer " + key.reveal());
                case NONE -> {
                    // Nothing is sent.
                }
            }
        }
        this.http =
                AccountHttp.client(
                        baseUrl, task -> Thread.ofVirtual().name("oriel-api-http").start(task));
    }

    @Override
    public List<String> stream(ApiRequest request, CancelScope cancel, StreamListener listener)
            throws ApiException {
        cancel.check();
        HttpRequest post =
                request("v1/messages", RESPONSE_LIMIT)
                        .header("accept", "text/event-stream")
                        .POST(BodyPublishers.ofByteArray(RequestBody.encode(request, "")))
                        .build();
        HttpResponse<InputStream> response = send(post, cancel);
        try (InputStream body = response.body();
                CancelScope.Registration _ = cancel.onCancel(() -> closeQuietly(body))) {
            check(response, body);
            if (!response.headers()
                    .firstValue("content-type")
                    .orElse("")
                    .startsWith("text/event-stream")) {
                throw malformed("The server's response is not one of the Messages API.", null);
            }
            listener.onResponse(response.headers().firstValue("request-id").orElse(""));
            read(body, listener);
        } catch (MalformedMessageException e) {
            throw malformed("The server sent an event that cannot be read.", e);
        } catch (IOException e) {
            cancel.check();
            throw connection(e);
        }
        cancel.check();
        return List.of();
    }

    private static void read(InputStream body, StreamListener listener)
            throws IOException, MalformedMessageException, ApiException {
        SseReader reader = new SseReader();
        byte[] buffer = new byte[16 << 10];
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            List<SseEvent> events = reader.read(buffer, 0, n);
            for (int i = 0; i < events.size(); i++) {
                if (events.get(i).type().equals("error")) {
                    listener.onEvents(events.subList(0, i));
                    throw ErrorReply.exception(Json.parseObject(events.get(i).json()));
                }
            }
            if (!events.isEmpty()) {
                listener.onEvents(events);
            }
        }
    }

    @Override
    public List<ObjectNode> models(CancelScope cancel) throws ApiException {
        HttpRequest get = request("v1/models?limit=1000", LIST_LIMIT).GET().build();
        HttpResponse<InputStream> response = send(get, cancel);
        try (InputStream body = response.body();
                CancelScope.Registration _ = cancel.onCancel(() -> closeQuietly(body))) {
            check(response, body);
            List<ObjectNode> models = new ArrayList<>();
            for (JsonNode model : Json.parseObject(body.readNBytes(MAX_LIST)).path("data")) {
                if (model instanceof ObjectNode object && object.path("id").isTextual()) {
                    models.add(object);
                }
            }
            return models;
        } catch (MalformedMessageException e) {
            throw malformed("The server's list of models cannot be read.", e);
        } catch (IOException e) {
            cancel.check();
            throw connection(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String path, Duration limit) {
        String base = baseUrl.toString();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + (base.endsWith("/") ? "" : "/") + path))
                        .timeout(limit);
        headers.forEach(request::setHeader);
        if (baseUrl.getScheme().equals("http")) {
            // Local servers stumble over the upgrade to HTTP/2.
            request.version(HttpClient.Version.HTTP_1_1);
        }
        return request;
    }

    private HttpResponse<InputStream> send(HttpRequest request, CancelScope cancel)
            throws ApiException {
        CompletableFuture<HttpResponse<InputStream>> response =
                http.sendAsync(request, BodyHandlers.ofInputStream());
        try (CancelScope.Registration _ = cancel.onCancel(() -> response.cancel(true))) {
            return response.get();
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } catch (CancellationException e) {
            throw e;
        } catch (ExecutionException e) {
            cancel.check();
            throw connection(e.getCause() == null ? e : e.getCause());
        }
    }

    private static void check(HttpResponse<InputStream> response, InputStream body)
            throws IOException, ApiException {
        if (response.statusCode() != 200) {
            throw ErrorReply.exception(
                    response.statusCode(),
                    response.headers(),
                    body.readNBytes(MAX_ERROR),
                    Instant.now());
        }
    }

    private ApiException connection(Throwable e) {
        String host = baseUrl.getAuthority();
        if (e instanceof SSLException) {
            return new ApiException(
                    ApiException.Kind.TLS,
                    0,
                    "",
                    "The certificate of " + host + " is not trusted, or TLS failed.",
                    null,
                    e);
        }
        if (e instanceof HttpTimeoutException) {
            return new ApiException(
                    ApiException.Kind.STALLED, 0, "", host + " did not respond.", null, e);
        }
        return new ApiException(
                ApiException.Kind.CONNECTION,
                0,
                "",
                "The connection to " + host + " failed.",
                null,
                e);
    }

    private static ApiException malformed(String text, @Nullable Throwable cause) {
        return new ApiException(ApiException.Kind.MALFORMED, 0, "", text, null, cause);
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // The reader sees the end of the stream anyway.
        }
    }
}
