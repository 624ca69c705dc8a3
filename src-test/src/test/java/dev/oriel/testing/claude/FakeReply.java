package dev.oriel.testing.claude;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

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

    /// An event that belongs to no block.
    private record Other(ObjectNode event) implements Step {}

    private record Wait(CountDownLatch until) implements Step {}

    private record Break() implements Step {}

    private final UUID id = UUID.randomUUID();
    private final List<Step> steps = new ArrayList<>();
    private String stopReason = "end_turn";
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable CountDownLatch held;
    private int status = 200;
    private String contentType = "application/json";
    private String page = "";
    private boolean refuses;
    private boolean resets;
    private boolean hasUsage = true;
    private int pieces;
    private int lastEvent = Integer.MAX_VALUE;
    private boolean endsPolitely;

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
        String signature = signature(reply.id, String.join("", pieces));
        deltas.add(Json.object().put("type", "signature_delta").put("signature", signature));
        ObjectNode start = Json.object().put("type", "thinking");
        reply.steps.add(new Block(start.put("thinking", "").put("signature", ""), deltas, true));
        return reply;
    }

    public static FakeReply toolUse(String tool, String inputJson) {
        return new FakeReply().andToolUse(tool, inputJson);
    }

    /// An error response instead of a stream.
    public static FakeReply failure(int status, String type, String message) {
        ObjectNode body = Json.object().put("type", "error");
        body.putObject("error").put("type", type).put("message", message);
        return page(status, "application/json", body.toString());
    }

    /// Any response instead of a stream, for example a web page with the status 200.
    public static FakeReply page(int status, String contentType, String body) {
        FakeReply reply = new FakeReply();
        reply.refuses = true;
        reply.status = status;
        reply.contentType = contentType;
        reply.page = body;
        return reply;
    }

    /// Closes the connection without a response.
    public static FakeReply reset() {
        FakeReply reply = new FakeReply();
        reply.resets = true;
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
        // In two pieces, as the API sends it.
        int half = inputJson.length() / 2;
        steps.add(
                new Block(
                        start,
                        List.of(
                                input(inputJson.substring(0, half)),
                                input(inputJson.substring(half))),
                        true));
        stopReason = "tool_use";
        return this;
    }

    private static ObjectNode input(String part) {
        return Json.object().put("type", "input_json_delta").put("partial_json", part);
    }

    /// A block that arrives complete, without deltas.
    public FakeReply andBlock(ObjectNode block) {
        steps.add(new Block(block, List.of(), true));
        return this;
    }

    /// An event between the blocks, for example a `ping` or an `error`.
    public FakeReply andEvent(ObjectNode event) {
        steps.add(new Other(event));
        return this;
    }

    /// An event before the first block.
    public FakeReply startingWith(ObjectNode event) {
        steps.addFirst(new Other(event));
        return this;
    }

    public FakeReply stopping(String reason) {
        stopReason = reason;
        return this;
    }

    /// Sends no `usage`, as some local servers.
    public FakeReply withoutUsage() {
        hasUsage = false;
        return this;
    }

    /// Sends the stream in pieces of so many bytes.
    public FakeReply splitAt(int bytes) {
        pieces = bytes;
        return this;
    }

    /// Breaks the connection after so many events.
    public FakeReply cutAfterEvent(int count) {
        lastEvent = count;
        return this;
    }

    /// Ends the response after so many events as if it were complete.
    public FakeReply endingAfterEvent(int count) {
        lastEvent = count;
        endsPolitely = true;
        return this;
    }

    /// Sends nothing more after so many events, until the latch is open.
    public FakeReply stallingAfterEvent(int count, CountDownLatch until) {
        lastEvent = count;
        held = until;
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

    /// The thinking of this reply by its signature.
    Map<String, String> signed() {
        Map<String, String> signed = new LinkedHashMap<>();
        for (Step step : steps) {
            if (step instanceof Block block) {
                StringBuilder text = new StringBuilder();
                block.deltas().forEach(d -> text.append(d.path("thinking").asText()));
                if (block.start().path("type").asText().equals("redacted_thinking")) {
                    signed.put(block.start().path("data").asText(), "");
                } else if (block.start().path("type").asText().equals("thinking")) {
                    signed.put(signature(id, text.toString()), text.toString());
                }
            }
        }
        return signed;
    }

    private static String signature(UUID id, String thinking) {
        return Base64.getEncoder()
                .encodeToString((id + " " + thinking.hashCode()).getBytes(StandardCharsets.UTF_8));
    }

    /// @param pieces bytes sent together if the reply does not say; 0 for whole events
    /// @param input the members of `usage` for the input
    void send(HttpExchange exchange, ObjectNode request, int pieces, ObjectNode input)
            throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        if (resets) {
            return; // the exchange is closed without a response
        }
        if (refuses) {
            FakeMessagesApi.send(exchange, status, contentType, page);
        } else if (request.path("stream").asBoolean()) {
            new FakeStream(exchange, this.pieces > 0 ? this.pieces : pieces, held)
                    .send(events(request.path("model").asText(), input), endsEarly());
        } else {
            FakeMessagesApi.json(
                    exchange, 200, whole(request.path("model").asText(), input).toString());
        }
    }

    private boolean endsEarly() {
        return steps.stream().anyMatch(s -> s instanceof Break)
                || (lastEvent != Integer.MAX_VALUE && !endsPolitely && held == null);
    }

    /// How many events the stream of this reply has.
    public int eventCount() {
        return (int)
                events("", Json.object()).stream().filter(e -> e instanceof ObjectNode).count();
    }

    private ObjectNode message(String model, ObjectNode input) {
        ObjectNode message = Json.object();
        message.put("id", "msg_" + UUID.randomUUID().toString().replace("-", ""));
        message.put("type", "message").put("role", "assistant").put("model", model);
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        if (hasUsage) {
            message.putObject("usage").setAll(input);
            message.withObject("usage").put("output_tokens", 1);
        }
        return message;
    }

    private ObjectNode whole(String model, ObjectNode input) {
        ObjectNode message = message(model, input);
        ArrayNode content = message.withArray("content");
        content.addObject().put("type", "text").put("text", "ok");
        return message.put("stop_reason", "end_turn");
    }

    /// Events, and latches to wait for between them.
    private List<Object> events(String model, ObjectNode input) {
        List<Object> events = new ArrayList<>();
        ObjectNode start = Json.object().put("type", "message_start");
        start.set("message", message(model, input));
        events.add(start);
        int index = 0;
        for (Step step : steps) {
            switch (step) {
                case Block block -> block(events, block, index++);
                case Other other -> events.add(other.event());
                case Wait wait -> events.add(wait.until());
                case Break b -> {
                    return events;
                }
            }
        }
        ObjectNode delta = Json.object().put("type", "message_delta");
        delta.putObject("delta").put("stop_reason", stopReason).putNull("stop_sequence");
        if (hasUsage) {
            delta.putObject("usage").put("output_tokens", 20);
        }
        events.add(delta);
        events.add(Json.object().put("type", "message_stop"));
        return events.subList(0, Math.min(lastEvent, events.size()));
    }

    private static void block(List<Object> events, Block block, int index) {
        ObjectNode start = Json.object().put("type", "content_block_start").put("index", index);
        events.add(start.set("content_block", block.start()));
        for (ObjectNode delta : block.deltas()) {
            ObjectNode event = Json.object().put("type", "content_block_delta").put("index", index);
            events.add(event.set("delta", delta));
        }
        if (block.ends()) {
            events.add(Json.object().put("type", "content_block_stop").put("index", index));
        }
    }
}
