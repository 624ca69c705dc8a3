package dev.oriel.agent.api.wire;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Sends the SDK's requests with the HTTP client of the JDK. Must be called within the scope of
/// [ApiCall#CURRENT]. Throws [ApiFailure] for every status but 200: the SDK's own exceptions need a
/// mapper for its types, which costs 40 MB.
final class SdkTransport implements HttpClient {
    private static final int MAX_ERROR = 64 << 10;

    private final java.net.http.HttpClient http;
    private final String host;

    /// @param host of the server, for the user
    SdkTransport(java.net.http.HttpClient http, String host) {
        this.http = http;
        this.host = host;
    }

    @Override
    public HttpResponse execute(HttpRequest request, RequestOptions options) {
        ApiCall call = ApiCall.CURRENT.get();
        var response = send(encode(request, call), call);
        if (response.statusCode() != 200) {
            throw new ApiFailure(status(response));
        }
        return new Response(response);
    }

    private static java.net.http.HttpRequest encode(HttpRequest request, ApiCall call) {
        var encoded =
                java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                        .timeout(call.limit());
        for (String name : request.headers().names()) {
            for (String value : request.headers().values(name)) {
                encoded.header(name, value);
            }
        }
        BodyPublisher body = BodyPublishers.noBody();
        if (call.body().length > 0) {
            body = BodyPublishers.ofByteArray(call.body());
            encoded.setHeader("content-type", "application/json");
            encoded.setHeader("accept", "text/event-stream");
        }
        return encoded.method(request.method().name(), body).build();
    }

    private java.net.http.HttpResponse<InputStream> send(
            java.net.http.HttpRequest request, ApiCall call) {
        var response = http.sendAsync(request, BodyHandlers.ofInputStream());
        try (var _ = call.cancel().onCancel(() -> response.cancel(true))) {
            return response.get();
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } catch (ExecutionException e) {
            call.cancel().check();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ApiFailure(ConnectionFailure.exception(host, cause));
        }
    }

    private ApiException status(java.net.http.HttpResponse<InputStream> response) {
        try (@Nullable InputStream body = response.body()) {
            return ErrorReply.exception(
                    response.statusCode(),
                    response.headers(),
                    // A proxy's refusal of a tunnel has none.
                    body == null ? new byte[0] : body.readNBytes(MAX_ERROR),
                    Instant.now());
        } catch (IOException e) {
            return ConnectionFailure.exception(host, e);
        }
    }

    /// Not used: all calls block their virtual thread.
    @Override
    public CompletableFuture<HttpResponse> executeAsync(
            HttpRequest request, RequestOptions options) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private record Response(java.net.http.HttpResponse<InputStream> response)
            implements HttpResponse {
        @Override
        public int statusCode() {
            return response.statusCode();
        }

        @Override
        public Headers headers() {
            Headers.Builder headers = Headers.builder();
            response.headers().map().forEach(headers::put);
            return headers.build();
        }

        @Override
        public InputStream body() {
            return response.body();
        }

        @Override
        public void close() {
            try {
                response.body().close();
            } catch (IOException e) {
                // Nothing is read any more.
            }
        }
    }
}
