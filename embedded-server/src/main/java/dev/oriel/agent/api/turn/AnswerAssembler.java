package dev.oriel.agent.api.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.wire.MessagesApi.SseEvent;
import dev.oriel.agent.api.wire.MessagesApi.StreamListener;
import dev.oriel.message.BlockType;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.StreamEventType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes the messages of one response from its events: a `stream_event` for each event, and an
/// `assistant` message for each complete block, before the block's `content_block_stop` as the CLI
/// does (2.1.332). Confined to the thread of the turn.
final class AnswerAssembler implements StreamListener {
    private final TurnMessages messages;
    private final Consumer<List<Message>> emit;
    private final boolean withEvents;
    private final long started = System.nanoTime();
    private final List<ObjectNode> blocks = new ArrayList<>();
    private final List<ModelAnswer.Call> calls = new ArrayList<>();
    private ObjectNode usage = TurnMessages.usage();
    private ObjectNode startUsage = TurnMessages.usage();
    private String requestId = "";
    private String messageId = "";
    private String model = "";
    private @Nullable String stopReason;
    private @Nullable OpenBlock open;
    private boolean isCut;
    private long firstToken = -1;

    /// @param emit receives the messages of events that were read together
    /// @param withEvents whether to emit a `stream_event` for each event
    AnswerAssembler(TurnMessages messages, Consumer<List<Message>> emit, boolean withEvents) {
        this.messages = messages;
        this.emit = emit;
        this.withEvents = withEvents;
    }

    @Override
    public void onResponse(String id) {
        requestId = id;
    }

    @Override
    public void onEvents(List<SseEvent> events) {
        List<Message> batch = new ArrayList<>(events.size() + 1);
        for (SseEvent event : events) {
            long first = update(event, batch);
            if (withEvents) {
                batch.add(messages.event(event, first));
            }
        }
        if (!batch.isEmpty()) {
            emit.accept(batch);
        }
    }

    /// Whether anything of the response was received.
    boolean hasContent() {
        return !blocks.isEmpty() || open != null;
    }

    /// Milliseconds to the first event; negative if there was none.
    long firstToken() {
        return firstToken;
    }

    ModelAnswer answer() {
        return new ModelAnswer(blocks, calls, stopReason, usage, isCut);
    }

    /// Ends a response that was cut: keeps what was received of a text, drops other open blocks.
    /// [#close] follows.
    ///
    /// @param isAborted whether the user has interrupted it
    void cut(boolean isAborted) {
        OpenBlock block = open;
        if (block == null) {
            return;
        }
        isCut = true;
        String text = block.text.toString();
        if (!block.type.equals(BlockType.TEXT) || text.isBlank()) {
            return;
        }
        ObjectNode part = Json.object().put("type", BlockType.TEXT).put("text", text);
        blocks.add(part);
        ObjectNode line = messages.assistant(messageId, model, part, startUsage, requestId);
        emit.accept(List.of(Message.of(isAborted ? line.put("aborted", true) : line)));
    }

    /// Emits the events that a response lacks that was cut.
    void close() {
        OpenBlock block = open;
        open = null;
        if (messageId.isEmpty() || stopReason != null || !withEvents) {
            return;
        }
        List<Message> batch = new ArrayList<>();
        if (block != null) {
            batch.add(
                    messages.event(
                            Json.object()
                                    .put("type", StreamEventType.CONTENT_BLOCK_STOP)
                                    .put("index", block.index)));
        }
        ObjectNode delta = Json.object().put("type", StreamEventType.MESSAGE_DELTA);
        delta.putObject("delta").putNull("stop_reason");
        delta.set("usage", usage);
        batch.add(messages.event(delta));
        batch.add(messages.event(Json.object().put("type", StreamEventType.MESSAGE_STOP)));
        emit.accept(batch);
    }

    /// @return milliseconds to the first event, or a negative number
    private long update(SseEvent event, List<Message> batch) {
        switch (event.type()) {
            case StreamEventType.MESSAGE_START -> {
                JsonNode message = event.tree().path("message");
                messageId = message.path("id").asText();
                model = message.path("model").asText();
                merge(message.path("usage"));
                startUsage = usage.deepCopy();
                firstToken = (System.nanoTime() - started) / 1_000_000;
                return firstToken;
            }
            case StreamEventType.CONTENT_BLOCK_START -> {
                JsonNode json = event.tree();
                if (json.path("content_block") instanceof ObjectNode block) {
                    open = new OpenBlock(json.path("index").asInt(), block.deepCopy());
                }
            }
            case StreamEventType.CONTENT_BLOCK_DELTA -> {
                if (open != null) {
                    open.add(event.tree().path("delta"));
                }
            }
            case StreamEventType.CONTENT_BLOCK_STOP -> {
                if (open != null) {
                    complete(open, batch);
                    open = null;
                }
            }
            case StreamEventType.MESSAGE_DELTA -> {
                JsonNode json = event.tree();
                String reason = json.path("delta").path("stop_reason").textValue();
                stopReason = reason == null ? stopReason : reason;
                merge(json.path("usage"));
            }
            default -> {
                // Pings, the end, and events of newer servers are passed on.
            }
        }
        return -1;
    }

    private void complete(OpenBlock block, List<Message> batch) {
        ObjectNode complete = block.complete();
        if (block.type.equals(BlockType.TEXT) && complete.path("text").asText().isEmpty()) {
            return; // the API refuses empty texts
        }
        if (block.type.equals(BlockType.TOOL_USE)) {
            calls.add(
                    new ModelAnswer.Call(
                            complete.path("id").asText(),
                            complete.path("name").asText(),
                            block.input(),
                            block.text.toString()));
        }
        blocks.add(complete);
        batch.add(
                Message.of(messages.assistant(messageId, model, complete, startUsage, requestId)));
    }

    private void merge(JsonNode update) {
        if (update instanceof ObjectNode members) {
            members.properties()
                    .forEach(member -> {
                        if (!member.getValue().isNull()) {
                            usage.set(member.getKey(), member.getValue());
                        }
                    });
        }
    }

    /// A content block whose deltas arrive.
    private static final class OpenBlock {
        private final int index;
        private final String type;
        private final ObjectNode start;
        private final StringBuilder text = new StringBuilder();
        private String signature;

        OpenBlock(int index, ObjectNode start) {
            this.index = index;
            this.start = start;
            this.type = start.path("type").asText();
            this.signature = start.path("signature").asText();
            switch (type) {
                case BlockType.TEXT -> text.append(start.path("text").asText());
                case BlockType.THINKING -> text.append(start.path("thinking").asText());
                default -> {
                    // Other blocks arrive complete, or with their input as deltas.
                }
            }
        }

        void add(JsonNode delta) {
            switch (delta.path("type").asText()) {
                case "text_delta" -> text.append(delta.path("text").asText());
                case "thinking_delta" -> text.append(delta.path("thinking").asText());
                case "input_json_delta" -> text.append(delta.path("partial_json").asText());
                case "signature_delta" -> signature = delta.path("signature").asText();
                case "citations_delta" -> {
                    ArrayNode citations =
                            start.get("citations") instanceof ArrayNode array
                                    ? array
                                    : start.putArray("citations");
                    citations.add(delta.path("citation"));
                }
                default -> {
                    // A newer server's.
                }
            }
        }

        ObjectNode complete() {
            switch (type) {
                case BlockType.TEXT -> start.put("text", text.toString());
                case BlockType.THINKING ->
                        start.put("thinking", text.toString()).put("signature", signature);
                case BlockType.TOOL_USE, "server_tool_use" -> {
                    ObjectNode input = input();
                    start.set("input", input == null ? Json.object() : input);
                }
                default -> {
                    // Arrived complete.
                }
            }
            return start;
        }

        @Nullable ObjectNode input() {
            if (text.isEmpty()) {
                return start.get("input") instanceof ObjectNode input ? input : Json.object();
            }
            try {
                return Json.parseObject(text.toString().getBytes(StandardCharsets.UTF_8));
            } catch (MalformedMessageException e) {
                return null; // the model is told
            }
        }
    }
}
