package dev.oriel.testing.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.oriel.message.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A Messages API on the loopback interface with scripted replies, sufficient for the real CLI.
///
/// ```java
/// try (FakeMessagesApi api = FakeMessagesApi.start()) {
///     api.enqueue(FakeReply.toolUse("Bash", "{\"command\":\"ls\"}"), FakeReply.text("Done"));
///     // … ANTHROPIC_BASE_URL = api.url()
///     assertThat(api.requests()).hasSize(2);
/// }
/// ```
///
/// Each `POST /v1/messages` gets the next reply of the queue, or the default reply if the queue is
/// empty.
public final class FakeMessagesApi implements AutoCloseable {
    /// A received request.
    ///
    /// @param path the path with the query
    /// @param key the header `x-api-key` or `Authorization`; empty if both are missing
    public record Request(String path, String key, ObjectNode body) {
        /// The text of the last user message, including tool results.
        public String lastUserText() {
            StringBuilder text = new StringBuilder();
            for (JsonNode message : body.path("messages")) {
                if ("user".equals(message.path("role").asText())) {
                    text.setLength(0);
                    JsonNode content = message.path("content");
                    text.append(content.isTextual() ? content.asText() : content.toString());
                }
            }
            return text.toString();
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<FakeReply> queue = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Request, FakeReply> defaultReply =
            request -> FakeReply.text("Hello from the fake API.");

    private FakeMessagesApi(HttpServer server) {
        this.server = server;
    }

    /// Listens on a free port of the loopback interface.
    public static FakeMessagesApi start() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FakeMessagesApi api = new FakeMessagesApi(server);
        server.setExecutor(api.threads);
        server.createContext("/", api::handle);
        server.start();
        return api;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Adds replies to the queue.
    public FakeMessagesApi enqueue(FakeReply... replies) {
        queue.addAll(List.of(replies));
        return this;
    }

    /// Discards the queued replies.
    public void clearQueue() {
        queue.clear();
    }

    /// Sets the default reply.
    public FakeMessagesApi replyTo(Function<Request, FakeReply> reply) {
        defaultReply = reply;
        return this;
    }

    /// The requests for messages so far, without token counts.
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (path.equals("/v1/messages/count_tokens")) {
                json(exchange, 200, "{\"input_tokens\":11}");
            } else if (path.equals("/v1/messages")) {
                Request request = request(exchange, body);
                requests.add(request);
                FakeReply reply = queue.poll();
                (reply == null ? defaultReply.apply(request) : reply)
                        .send(exchange, request.body().path("stream").asBoolean());
            } else {
                json(exchange, 404, "{\"type\":\"error\"}");
            }
        }
    }

    private static Request request(HttpExchange exchange, byte[] body) throws IOException {
        String key = exchange.getRequestHeaders().getFirst("x-api-key");
        String bearer = exchange.getRequestHeaders().getFirst("Authorization");
        return new Request(
                exchange.getRequestURI().toString(),
                key != null ? key : bearer != null ? bearer : "",
                Json.parseObject(body));
    }

    static void json(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
