package dev.oriel.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.agent.api.wire.ApiRequest;
import dev.oriel.agent.api.wire.MessagesApi;
import dev.oriel.message.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/// A Messages API in memory that gives scripted responses, one for each request. Thread-safe.
public final class FakeApi implements MessagesApi {
    private final Deque<Response> script = new ArrayDeque<>(); // guarded by this
    private final List<ApiRequest> requests = new ArrayList<>(); // guarded by this

    /// One response.
    public interface Response {
        void play(CancelScope cancel, StreamListener listener) throws ApiException;
    }

    public synchronized FakeApi then(Response response) {
        script.add(response);
        return this;
    }

    /// A complete response.
    ///
    /// @param events JSON objects
    public FakeApi then(ObjectNode... events) {
        return then((cancel, listener) -> {
            listener.onResponse("req_1");
            for (ObjectNode event : events) {
                listener.onEvents(List.of(event(event)));
            }
        });
    }

    /// A response with one text, or with further blocks.
    public FakeApi answer(String stopReason, ObjectNode... blocks) {
        return then(response(stopReason, blocks));
    }

    public FakeApi text(String text) {
        return answer("end_turn", Json.object().put("type", "text").put("text", text));
    }

    public FakeApi call(String id, String tool, ObjectNode input) {
        return answer("tool_use", toolUse(id, tool, input));
    }

    public FakeApi fails(ApiException failure) {
        return then((_, _) -> {
            throw failure;
        });
    }

    /// Sends events, then nothing until the request is cancelled.
    public FakeApi stalls(ObjectNode... events) {
        return then((cancel, listener) -> {
            listener.onResponse("req_1");
            for (ObjectNode event : events) {
                listener.onEvents(List.of(event(event)));
            }
            CountDownLatch cancelled = new CountDownLatch(1);
            cancel.onCancel(cancelled::countDown);
            try {
                cancelled.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new CancellationException();
        });
    }

    public static ObjectNode toolUse(String id, String tool, ObjectNode input) {
        ObjectNode block = Json.object().put("type", "tool_use").put("id", id).put("name", tool);
        block.set("input", input);
        return block;
    }

    /// The events of a response.
    public static ObjectNode[] response(String stopReason, ObjectNode... blocks) {
        List<ObjectNode> events = new ArrayList<>();
        events.add(start());
        for (int i = 0; i < blocks.length; i++) {
            ObjectNode block = blocks[i].deepCopy();
            ObjectNode delta = Json.object();
            switch (block.path("type").asText()) {
                case "text" -> {
                    delta.put("type", "text_delta").put("text", block.path("text").asText());
                    block.put("text", "");
                }
                case "tool_use" -> {
                    JsonNode input = block.get("input");
                    delta.put("type", "input_json_delta")
                            .put(
                                    "partial_json",
                                    input.isTextual() ? input.asText() : input.toString());
                    block.putObject("input");
                }
                case "thinking" -> {
                    delta.put("type", "thinking_delta")
                            .put("thinking", block.path("thinking").asText());
                    block.put("thinking", "");
                }
                default -> {
                    // Arrives complete.
                }
            }
            events.add(blockEvent("content_block_start", i).set("content_block", block));
            if (!delta.isEmpty()) {
                events.add(blockEvent("content_block_delta", i).set("delta", delta));
            }
            events.add(blockEvent("content_block_stop", i));
        }
        ObjectNode end = Json.object().put("type", "message_delta");
        end.putObject("delta").put("stop_reason", stopReason);
        end.putObject("usage").put("output_tokens", 7);
        events.add(end);
        events.add(Json.object().put("type", "message_stop"));
        return events.toArray(ObjectNode[]::new);
    }

    public static ObjectNode start() {
        ObjectNode start = Json.object().put("type", "message_start");
        ObjectNode message =
                start.putObject("message")
                        .put("id", "msg_1")
                        .put("type", "message")
                        .put("role", "assistant")
                        .put("model", "test-model");
        message.putArray("content");
        message.putObject("usage").put("input_tokens", 11).put("output_tokens", 1);
        return start;
    }

    public static ObjectNode blockEvent(String type, int index) {
        return Json.object().put("type", type).put("index", index);
    }

    public synchronized List<ApiRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public List<String> stream(ApiRequest request, CancelScope cancel, StreamListener listener)
            throws ApiException {
        Response response;
        synchronized (this) {
            requests.add(request);
            response = script.poll();
        }
        cancel.check();
        if (response == null) {
            throw new ApiException(
                    ApiException.Kind.STATUS, 400, "", "The script has no response.", null, null);
        }
        response.play(cancel, listener);
        return List.of();
    }

    @Override
    public List<ObjectNode> models(CancelScope cancel) {
        return List.of();
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    public static SseEvent event(ObjectNode event) {
        return new SseEvent(
                event.path("type").asText(),
                event.toString().getBytes(StandardCharsets.UTF_8),
                event.deepCopy());
    }
}
