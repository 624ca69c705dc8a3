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

/// A Messages API on loopback that says what a test wants, well enough for the real CLI.
///
/// ```java
/// try (FakeMessagesApi api = FakeMessagesApi.start()) {
///     api.next(FakeReply.toolUse("Bash", "{\"command\":\"ls\"}"), FakeReply.text("Done"));
///     // … ANTHROPIC_BASE_URL = api.url()
///     assertThat(api.requests()).hasSize(2);
/// }
/// ```
///
/// Each `POST /v1/messages` takes the next reply of the queue; when it is empty, the standing one.
public final class FakeMessagesApi implements AutoCloseable {
    /// One request that came.
    ///
    /// @param path with its query
    /// @param key `x-api-key`, or the `Authorization` header, or nothing
    public record Request(String path, String key, ObjectNode body) {
        /// All text of the last message of the user's, tool results included.
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

    /// The next answers, in this order.
    public FakeMessagesApi enqueue(FakeReply... replies) {
        queue.addAll(List.of(replies));
        return this;
    }

    /// Forgets the next answers that nobody has asked for.
    public void clearQueue() {
        queue.clear();
    }

    /// The answer when no next one is left.
    public FakeMessagesApi replyTo(Function<Request, FakeReply> reply) {
        defaultReply = reply;
        return this;
    }

    /// The requests for messages so far (counting tokens excepted).
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
