package dev.oriel.client.sessions;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// An HTTP client without a network: records the requests, and replies as the test has said.
final class FakeHttpClient extends HttpClient {
    /// The requests: method and path with query, and the body if there is one.
    final List<String> requests = new ArrayList<>();

    private int status = 200;
    private String reply = "{}";
    private @Nullable Exception failure;
    private @Nullable HttpRequest last;

    void setReply(int code, String body) {
        status = code;
        reply = body;
    }

    /// Lets all requests fail.
    ///
    /// @param cause an [IOException] or an [InterruptedException]
    void setFailure(Exception cause) {
        failure = cause;
    }

    /// The headers of the last request.
    HttpHeaders headers() {
        if (last == null) {
            throw new IllegalStateException("nothing was requested");
        }
        return last.headers();
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        last = request;
        String body = request.bodyPublisher().map(FakeHttpClient::read).orElse("");
        requests.add(
                (request.method()
                                + " "
                                + request.uri().getRawPath()
                                + (request.uri().getRawQuery() == null
                                        ? ""
                                        : "?" + request.uri().getRawQuery())
                                + " "
                                + body)
                        .strip());
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof InterruptedException e) {
            throw e;
        }
        return response(request, handler);
    }

    private static String read(HttpRequest.BodyPublisher publisher) {
        var body = new StringBuilder();
        publisher.subscribe(
                new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        subscription.request(Long.MAX_VALUE);
                    }

                    @Override
                    public void onNext(ByteBuffer item) {
                        body.append(StandardCharsets.UTF_8.decode(item));
                    }

                    @Override
                    public void onError(Throwable throwable) {
                        throw new AssertionError(throwable);
                    }

                    @Override
                    public void onComplete() {}
                });
        return body.toString();
    }

    private <T> HttpResponse<T> response(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        HttpHeaders none = HttpHeaders.of(Map.of(), (_, _) -> true);
        int code = status;
        HttpResponse.BodySubscriber<T> subscriber =
                handler.apply(
                        new HttpResponse.ResponseInfo() {
                            @Override
                            public int statusCode() {
                                return code;
                            }

                            @Override
                            public HttpHeaders headers() {
                                return none;
                            }

                            @Override
                            public Version version() {
                                return Version.HTTP_1_1;
                            }
                        });
        subscriber.onSubscribe(
                new Flow.Subscription() {
                    @Override
                    public void request(long n) {}

                    @Override
                    public void cancel() {}
                });
        if (!reply.isEmpty()) {
            subscriber.onNext(List.of(ByteBuffer.wrap(reply.getBytes(StandardCharsets.UTF_8))));
        }
        subscriber.onComplete();
        T body = subscriber.getBody().toCompletableFuture().join();
        return new HttpResponse<>() {
            @Override
            public int statusCode() {
                return code;
            }

            @Override
            public HttpRequest request() {
                return request;
            }

            @Override
            public Optional<HttpResponse<T>> previousResponse() {
                return Optional.empty();
            }

            @Override
            public HttpHeaders headers() {
                return none;
            }

            @Override
            public T body() {
                return body;
            }

            @Override
            public Optional<SSLSession> sslSession() {
                return Optional.empty();
            }

            @Override
            public URI uri() {
                return request.uri();
            }

            @Override
            public Version version() {
                return Version.HTTP_1_1;
            }
        };
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            HttpResponse.BodyHandler<T> handler,
            HttpResponse.@Nullable PushPromiseHandler<T> push) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return Optional.empty();
    }

    @Override
    public Redirect followRedirects() {
        return Redirect.NEVER;
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return Optional.empty();
    }

    @Override
    public SSLContext sslContext() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SSLParameters sslParameters() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return Optional.empty();
    }

    @Override
    public Version version() {
        return Version.HTTP_1_1;
    }

    @Override
    public Optional<Executor> executor() {
        return Optional.empty();
    }
}
