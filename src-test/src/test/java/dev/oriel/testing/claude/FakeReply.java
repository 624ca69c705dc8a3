package dev.oriel.testing.claude;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.oriel.message.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/// A reply of a [FakeMessagesApi]: streamed blocks, or an error.
///
/// ```java
/// FakeReply.thinking("Hm.").andText("Yes, ", "it is.")
/// FakeReply.text("One moment").waiting(latch).andText("there")   // slow: waits until the latch is open
/// FakeReply.text("Half").disconnecting()                          // the connection ends in mid-stream
/// FakeReply.failure(529, "overloaded_error", "Overloaded")
/// ```
public final class FakeReply {
    /// A step of a reply.
    private sealed interface Step {}

    private record Block(ObjectNode start, List<ObjectNode> deltas, boolean ends) implements Step {}

    private record Wait(CountDownLatch until) implements Step {}

    private record Break() implements Step {}

    private final List<Step> steps = new ArrayList<>();
    private String stopReason = "end_turn";
    private final Map<String, String> headers = new LinkedHashMap<>();
    private int status = 200;
    private String failure = "";

    private FakeReply() {}

    /// A text block with one delta per piece.
    public static FakeReply text(String... pieces) {
        return new FakeReply().andText(pieces);
    }

    public static FakeReply thinking(String... pieces) {
        FakeReply reply = new FakeReply();
        List<ObjectNode> deltas = new ArrayList<>();
        for (String piece : pieces) {
            deltas.add(Json.object().put("type", "thinking_delta").put("thinking", piece));
        }
        deltas.add(Json.object().put("type", "signature_delta").put("signature", "c2lnbmVk"));
        ObjectNode start = Json.object().put("type", "thinking");
        reply.steps.add(new Block(start.put("thinking", "").put("signature", ""), deltas, true));
        return reply;
    }

    public static FakeReply toolUse(String tool, String inputJson) {
        return new FakeReply().andToolUse(tool, inputJson);
    }

    /// An error response instead of a stream.
    public static FakeReply failure(int status, String type, String message) {
        FakeReply reply = new FakeReply();
        reply.status = status;
        ObjectNode body = Json.object().put("type", "error");
        body.putObject("error").put("type", type).put("message", message);
        reply.failure = body.toString();
        return reply;
    }

    /// A text block that is never completed: after these pieces nothing is sent until the latch is
    /// open.
    public static FakeReply unfinished(CountDownLatch until, String... pieces) {
        return new FakeReply().andText(false, pieces).waiting(until);
    }

    public FakeReply andText(String... pieces) {
        return andText(true, pieces);
    }

    private FakeReply andText(boolean ends, String... pieces) {
        List<ObjectNode> deltas = new ArrayList<>();
        for (String piece : pieces) {
            deltas.add(Json.object().put("type", "text_delta").put("text", piece));
        }
        steps.add(new Block(Json.object().put("type", "text").put("text", ""), deltas, ends));
        return this;
    }

    public FakeReply andToolUse(String tool, String inputJson) {
        ObjectNode start = Json.object().put("type", "tool_use");
        start.put("id", "toolu_" + UUID.randomUUID().toString().replace("-", ""));
        start.put("name", tool).putObject("input");
        steps.add(
                new Block(
                        start,
                        List.of(
                                Json.object()
                                        .put("type", "input_json_delta")
                                        .put("partial_json", inputJson)),
                        true));
        stopReason = "tool_use";
        return this;
    }

    /// Sends nothing until the latch is open or the connection is closed.
    public FakeReply waiting(CountDownLatch until) {
        steps.add(new Wait(until));
        return this;
    }

    /// Adds a header to the response.
    public FakeReply withHeader(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /// Closes the connection during the stream.
    public FakeReply disconnecting() {
        steps.add(new Break());
        return this;
    }

    void send(HttpExchange exchange, boolean streamed) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        if (status != 200) {
            FakeMessagesApi.json(exchange, status, failure);
        } else if (streamed) {
            stream(exchange);
        } else {
            FakeMessagesApi.json(exchange, 200, whole().toString());
        }
    }

    private ObjectNode message() {
        ObjectNode message = Json.object();
        message.put("id", "msg_" + UUID.randomUUID().toString().replace("-", ""));
        message.put("type", "message").put("role", "assistant").put("model", "claude-opus-5-5");
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.putObject("usage").put("input_tokens", 11).put("output_tokens", 1);
        return message;
    }

    private ObjectNode whole() {
        ObjectNode message = message();
        ArrayNode content = message.withArray("content");
        content.addObject().put("type", "text").put("text", "ok");
        return message.put("stop_reason", "end_turn");
    }

    private void stream(HttpExchange exchange) throws IOException {
        boolean breaks = steps.stream().anyMatch(s -> s instanceof Break);
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.getResponseHeaders().set("request-id", "req_" + UUID.randomUUID());
        // A content length that is not reached makes the connection end within the response.
        exchange.sendResponseHeaders(200, breaks ? 1_000_000_000 : 0);
        OutputStream out = exchange.getResponseBody();
        ObjectNode start = Json.object().put("type", "message_start");
        start.set("message", message());
        event(out, start);
        int index = 0;
        for (Step step : steps) {
            switch (step) {
                case Block block -> block(out, block, index++);
                case Wait wait -> {
                    try {
                        wait.until().await();
                    } catch (InterruptedException e) {
                        return;
                    }
                }
                case Break b -> {
                    return;
                }
            }
        }
        ObjectNode delta = Json.object().put("type", "message_delta");
        delta.putObject("delta").put("stop_reason", stopReason).putNull("stop_sequence");
        delta.putObject("usage").put("output_tokens", 20);
        event(out, delta);
        event(out, Json.object().put("type", "message_stop"));
    }

    private static void block(OutputStream out, Block block, int index) throws IOException {
        ObjectNode start = Json.object().put("type", "content_block_start").put("index", index);
        start.set("content_block", block.start());
        event(out, start);
        for (ObjectNode delta : block.deltas()) {
            ObjectNode event = Json.object().put("type", "content_block_delta").put("index", index);
            event.set("delta", delta);
            event(out, event);
        }
        if (block.ends()) {
            event(out, Json.object().put("type", "content_block_stop").put("index", index));
        }
    }

    private static void event(OutputStream out, ObjectNode data) throws IOException {
        String text = "event: " + data.path("type").asText() + "\ndata: " + data + "\n\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
