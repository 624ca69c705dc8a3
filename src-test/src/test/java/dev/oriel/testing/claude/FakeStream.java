package dev.oriel.testing.claude;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Sends events as a stream.
final class FakeStream {
    private final HttpExchange exchange;
    private final int pieces;
    private final @Nullable CountDownLatch held;

    /// @param pieces bytes sent together; 0 for whole events
    /// @param held what to wait for after the last event; null to end the response
    FakeStream(HttpExchange exchange, int pieces, @Nullable CountDownLatch held) {
        this.exchange = exchange;
        this.pieces = pieces;
        this.held = held;
    }

    /// @param events JSON objects, and latches to wait for
    /// @param breaks whether the connection ends within the response
    void send(List<Object> events, boolean breaks) throws IOException {
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.getResponseHeaders().set("request-id", "req_" + UUID.randomUUID());
        // A content length that is not reached makes the connection end within the response.
        exchange.sendResponseHeaders(200, breaks ? 1_000_000_000 : 0);
        OutputStream out = exchange.getResponseBody();
        try {
            for (Object event : events) {
                if (event instanceof CountDownLatch until) {
                    until.await();
                } else if (event instanceof ObjectNode data) {
                    write(out, "event: " + data.path("type").asText() + "\ndata: " + data + "\n\n");
                }
            }
            out.flush();
            if (held != null) {
                held.await();
            }
        } catch (InterruptedException e) {
            // The server is closed.
        }
    }

    private void write(OutputStream out, String event) throws IOException {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        int step = pieces == 0 ? bytes.length : pieces;
        for (int at = 0; at < bytes.length; at += step) {
            out.write(bytes, at, Math.min(step, bytes.length - at));
            out.flush();
        }
    }
}
