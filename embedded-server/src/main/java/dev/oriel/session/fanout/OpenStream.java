package dev.oriel.session.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.PartialAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One answer that is being streamed: its start, its open block and that block's text. Confined to
/// the lane.
///
/// A delta costs its place in a list until somebody needs the text; then the deltas are
/// accumulated.
final class OpenStream {
    /// Deltas that are accumulated at the latest, so that a long answer costs its text and not its
    /// frames.
    private static final int MAX_PENDING = 4_096;

    private final Message start;
    private final PartialAnswer answer = new PartialAnswer();
    private final List<Message> pending = new ArrayList<>();
    private @Nullable Message block;

    /// The last delta with text of the open block; [#delta] copies its envelope.
    private @Nullable Message template;

    /// Length of the text that the block's start carries.
    private int startLength;

    /// Characters of the block that are saved; -1 if not even its start is.
    private int savedLength = -1;

    OpenStream(Message start) {
        this.start = start;
    }

    void startBlock(Message blockStart) {
        closeBlock();
        block = blockStart;
        answer.apply(event(blockStart));
        startLength = length();
    }

    void append(Message delta) {
        if (block == null) {
            return;
        }
        pending.add(delta);
        if (pending.size() > MAX_PENDING) {
            accumulate();
        }
    }

    /// The open block has arrived whole.
    void closeBlock() {
        block = null;
        answer.clear();
        pending.clear();
        template = null;
        startLength = 0;
        savedLength = -1;
    }

    private void accumulate() {
        for (Message delta : pending) {
            if (!answer.apply(event(delta)).isEmpty()) {
                template = delta;
            }
        }
        pending.clear();
    }

    private static JsonNode event(Message m) {
        return m.tree().path("event");
    }

    private int length() {
        return answer.current().map(PartialAnswer.Block::length).orElse(0);
    }

    boolean isOpen() {
        return block != null;
    }

    boolean isSaved() {
        return savedLength >= 0;
    }

    boolean hasUnsaved() {
        accumulate();
        return block != null && template != null && savedLength < length();
    }

    /// The `stream_event`s that produce what has arrived: `message_start`, `content_block_start`,
    /// one delta.
    List<Message> streamEvents() {
        accumulate();
        List<Message> all = new ArrayList<>();
        all.add(start);
        if (block != null) {
            all.add(block);
            delta(startLength).ifPresent(all::add);
        }
        return all;
    }

    /// Takes the `stream_event`s that are not saved yet, and counts them as saved.
    ///
    /// @param anew whether nothing of it counts as saved
    List<Message> takeUnsaved(boolean anew) {
        if (anew) {
            savedLength = -1;
        }
        Message open = block;
        if (open == null || !hasUnsaved()) {
            return List.of();
        }
        List<Message> events = new ArrayList<>();
        if (savedLength < 0) {
            events.add(start);
            events.add(open);
        }
        delta(Math.max(startLength, savedLength)).ifPresent(events::add);
        savedLength = length();
        return events;
    }

    /// One delta with the text from a position on; empty if there is none.
    private Optional<Message> delta(int begin) {
        Message model = template;
        String text = answer.current().map(b -> b.textFrom(Math.min(begin, b.length()))).orElse("");
        if (model == null || text.isEmpty()) {
            return Optional.empty();
        }
        String member =
                switch (event(model).path("delta").path("type").asText()) {
                    case "thinking_delta" -> "thinking";
                    case "input_json_delta" -> "partial_json";
                    default -> "text";
                };
        ObjectNode joined = model.tree().deepCopy();
        ((ObjectNode) joined.path("event").path("delta")).put(member, text);
        return Optional.of(Message.of(joined));
    }

    /// The open block as an `assistant` message in the form that the CLI itself gives an answer
    /// that was stopped (`aborted`), with `oriel_interrupted` to mark it as written by Oriel.
    ///
    /// @return empty if the block has no text
    Optional<Message> interrupted() {
        accumulate();
        PartialAnswer.Block open = answer.current().orElse(null);
        if (open == null
                || !(open.type().equals("text") || open.type().equals("thinking"))
                || open.length() == 0) {
            return Optional.empty();
        }
        JsonNode started = start.tree();
        ObjectNode m = Json.object().put("type", MessageType.ASSISTANT);
        ObjectNode message = m.putObject("message");
        copy(started.path("event").path("message"), "id", message);
        message.put("type", "message").put("role", "assistant");
        copy(started.path("event").path("message"), "model", message);
        message.putArray("content")
                .addObject()
                .put("type", open.type())
                .put(open.type(), open.text());
        message.putNull("stop_reason");
        m.put("parent_tool_use_id", start.parentToolUseId());
        copy(started, "session_id", m);
        m.put("uuid", UUID.randomUUID().toString());
        m.put("aborted", true).put("oriel_interrupted", true);
        return Optional.of(Message.of(m));
    }

    private static void copy(JsonNode from, String member, ObjectNode to) {
        JsonNode value = from.get(member);
        if (value != null) {
            to.set(member, Objects.requireNonNull(value));
        }
    }
}
