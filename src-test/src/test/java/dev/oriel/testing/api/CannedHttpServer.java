package dev.oriel.testing.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A web server on a free port of this computer that gives the same reply to each request of a
/// path, and 404 to all others. It keeps the requests.
public final class CannedHttpServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Function<Request, Reply>> replies = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /// @param headers by lower-case name
    public record Request(String method, String path, Map<String, String> headers, String body) {}

    public record Reply(int status, String contentType, String body) {
        public static Reply json(int status, String body) {
            return new Reply(status, "application/json", body);
        }
    }

    public CannedHttpServer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /// A server of the Messages API with some models, which accepts every request.
    public static CannedHttpServer messagesApi(String... models) {
        StringBuilder data = new StringBuilder();
        for (String model : models) {
            data.append(data.isEmpty() ? "" : ",")
                    .append("{\"type\":\"model\",\"id\":\"" + model + "\",\"display_name\":\"")
                    .append("The " + model + "\"}");
        }
        return new CannedHttpServer()
                .on("/v1/models", 200, "{\"data\":[" + data + "],\"has_more\":false}")
                .on("/v1/messages/count_tokens", 200, "{\"input_tokens\":8}")
                .on(
                        "/v1/messages",
                        200,
                        "{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"H\"}],"
                                + "\"stop_reason\":\"max_tokens\"}");
    }

    public CannedHttpServer on(String path, int status, String json) {
        return on(path, _ -> Reply.json(status, json));
    }

    public CannedHttpServer on(String path, Function<Request, Reply> reply) {
        replies.put(path, reply);
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new ConcurrentHashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) ->
                            headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            var request =
                    new Request(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getPath(),
                            headers,
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8));
            requests.add(request);
            Reply reply =
                    replies.getOrDefault(
                                    request.path(),
                                    _ -> new Reply(404, "text/plain", "404 page not found"))
                            .apply(request);
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
