package dev.oriel.testing.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.oriel.message.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

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
/// Accepts everything unless [#strict] is called. Each `POST /v1/messages` gets the next reply of
/// the queue, or the default reply if the queue is empty.
public final class FakeMessagesApi implements AutoCloseable {
    /// A received request.
    ///
    /// @param path the path with the query
    /// @param key the header `x-api-key` or `Authorization`; empty if both are missing
    /// @param headers by lower-case name
    public record Request(String path, String key, Map<String, String> headers, ObjectNode body) {
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
    private final String scheme;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<FakeReply> queue = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final Map<String, String> signed = new ConcurrentHashMap<>();
    private final PromptCache cache = new PromptCache();
    private volatile Function<Request, FakeReply> defaultReply =
            request -> FakeReply.text("Hello from the fake API.");
    private volatile Function<Request, @Nullable FakeReply> gate = _ -> null;
    private volatile boolean isStrict;
    private volatile boolean countsCache;
    private volatile boolean bindsThinking;
    private final ThinkingBinding binding = new ThinkingBinding();
    private volatile int pieces;
    private volatile @Nullable String models;

    private FakeMessagesApi(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
    }

    /// Listens on a free port of the loopback interface.
    public static FakeMessagesApi start() throws IOException {
        return start(HttpServer.create(address(), 0), "http");
    }

    /// As [#start], with TLS.
    public static FakeMessagesApi startWithTls(SSLContext certificate) throws IOException {
        HttpsServer server = HttpsServer.create(address(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate));
        return start(server, "https");
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static FakeMessagesApi start(HttpServer server, String scheme) {
        FakeMessagesApi api = new FakeMessagesApi(server, scheme);
        server.setExecutor(api.threads);
        server.createContext("/", api::handle);
        server.start();
        return api;
    }

    /// Refuses requests that the real API would refuse, with its status and words. They are in
    /// [#problems] too, and take no reply from the queue.
    public FakeMessagesApi strict() {
        isStrict = true;
        return this;
    }

    /// What strict checks have found.
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /// Accepts thinking that another server has signed.
    public FakeMessagesApi trustSignatures(FakeMessagesApi other) {
        signed.putAll(other.signed);
        return this;
    }

    /// Refuses thinking if what was before it has changed, as the models since Fable 5.1.
    public FakeMessagesApi bindingThinking() {
        bindsThinking = true;
        return this;
    }

    /// Counts the input in `usage` as the API's prompt cache does, instead of as 11 tokens.
    public FakeMessagesApi countingCache() {
        countsCache = true;
        return this;
    }

    /// Refuses requests before the queue is asked.
    ///
    /// @param refusal null to accept a request
    public FakeMessagesApi refusing(Function<Request, @Nullable FakeReply> refusal) {
        gate = refusal;
        return this;
    }

    /// Sends streams in pieces of so many bytes.
    public FakeMessagesApi splitAt(int bytes) {
        pieces = bytes;
        return this;
    }

    /// Lists models; without this there is no list.
    public FakeMessagesApi models(String... ids) {
        ObjectNode list = Json.object().put("has_more", false);
        for (String id : ids) {
            list.withArray("data")
                    .addObject()
                    .put("type", "model")
                    .put("id", id)
                    .put("display_name", id)
                    .put("created_at", "2026-11-01T00:00:00Z");
        }
        models = list.toString();
        return this;
    }

    public String url() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort();
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
                answer(exchange, request(exchange, body));
            } else if (path.equals("/v1/models") && models != null) {
                json(exchange, 200, models);
            } else {
                json(exchange, 404, "{\"type\":\"error\"}");
            }
        }
    }

    private void answer(HttpExchange exchange, Request request) throws IOException {
        List<String> refused =
                isStrict
                        ? RequestRules.check(request.body(), request.headers(), signed)
                        : List.of();
        problems.addAll(refused);
        requests.add(request);
        String unbound = bindsThinking ? binding.check(request.body()) : null;
        FakeReply reply = gate.apply(request);
        if (reply == null && !refused.isEmpty()) {
            reply = FakeReply.failure(400, "invalid_request_error", refused.getFirst());
        }
        if (reply == null && unbound != null) {
            reply = FakeReply.failure(400, "invalid_request_error", unbound);
        }
        if (reply == null) {
            reply = queue.poll();
        }
        if (reply == null) {
            reply = defaultReply.apply(request);
        }
        signed.putAll(reply.signed());
        binding.sent(request.body(), reply.signed().keySet());
        ObjectNode input =
                countsCache ? cache.count(request.body()) : Json.object().put("input_tokens", 11);
        reply.send(exchange, request.body(), pieces, input);
    }

    private static Request request(HttpExchange exchange, byte[] body) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        String key = headers.get("x-api-key");
        return new Request(
                exchange.getRequestURI().toString(),
                key != null ? key : headers.getOrDefault("authorization", ""),
                headers,
                Json.parseObject(body));
    }

    static void json(HttpExchange exchange, int status, String body) throws IOException {
        send(exchange, status, "application/json", body);
    }

    static void send(HttpExchange exchange, int status, String type, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", type);
        boolean isEmpty = status == 204 || status == 304;
        exchange.sendResponseHeaders(status, isEmpty ? -1 : bytes.length);
        if (!isEmpty) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
