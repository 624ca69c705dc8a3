package dev.oriel.packaging;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A Messages API on the loopback interface, so that the classes of its agent are recorded. It
/// answers each prompt with a call of Glob, and the call's result with a text.
final class TrainingApi implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private TrainingApi(HttpServer server) {
        this.server = server;
    }

    static TrainingApi start() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TrainingApi api = new TrainingApi(server);
        server.setExecutor(api.threads);
        server.createContext("/", TrainingApi::handle);
        server.start();
        return api;
    }

    /// The environment of a program whose account this is.
    Map<String, String> environment() {
        return Map.of(
                "ANTHROPIC_BASE_URL",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "ANTHROPIC_API_KEY",
                "training",
                "ANTHROPIC_MODEL",
                "training");
    }

    private static void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!exchange.getRequestURI().getPath().equals("/v1/messages")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders().set("content-type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            boolean hasResult = body.contains("\"tool_result\"");
            write(exchange.getResponseBody(), hasResult ? text() : call());
        }
    }

    private static void write(OutputStream out, String block) throws IOException {
        String events =
                event(
                                "message_start",
                                """
                                "message":{"id":"msg_1","type":"message","role":"assistant",\
                                "model":"training","content":[],"stop_reason":null,\
                                "usage":{"input_tokens":1,"output_tokens":1}}\
                                """)
                        + block
                        + event("message_stop", "\"index\":0");
        out.write(events.getBytes(StandardCharsets.UTF_8));
    }

    private static String text() {
        StringBuilder events = new StringBuilder(block("{\"type\":\"text\",\"text\":\"\"}"));
        for (int i = 0; i < 200; i++) {
            events.append(delta("{\"type\":\"text_delta\",\"text\":\"one of several words \"}"));
        }
        return events + end("end_turn");
    }

    private static String call() {
        return block(
                        """
                        {"type":"tool_use","id":"toolu_1","name":"Glob","input":{}}\
                        """)
                + delta(
                        """
                        {"type":"input_json_delta","partial_json":"{\\"pattern\\":\\"*.md\\"}"}\
                        """)
                + end("tool_use");
    }

    private static String block(String json) {
        return event("content_block_start", "\"index\":0,\"content_block\":" + json);
    }

    private static String delta(String json) {
        return event("content_block_delta", "\"index\":0,\"delta\":" + json);
    }

    private static String end(String reason) {
        return event("content_block_stop", "\"index\":0")
                + event(
                        "message_delta",
                        "\"delta\":{\"stop_reason\":\""
                                + reason
                                + "\"},\"usage\":{\"output_tokens\":20}");
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
