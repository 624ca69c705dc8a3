package dev.oriel.session.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One message that is being streamed: its start, its open block, and that block's deltas. Confined
/// to the lane.
final class OpenStream {
    /// Deltas kept apart before they are joined into one, so that a long answer costs its text and
    /// not its frames.
    private static final int JOIN_AT = 4_096;

    private final Message start;
    private @Nullable Message block;
    private List<Message> deltas = new ArrayList<>();

    /// How many of the deltas are saved; -1 if not even the block's start is.
    private int savedDeltas = -1;

    OpenStream(Message start) {
        this.start = start;
    }

    void blockBegins(Message blockStart) {
        wholeCame();
        block = blockStart;
    }

    void grows(Message delta) {
        if (block == null) {
            return;
        }
        deltas.add(delta);
        if (deltas.size() > JOIN_AT) {
            join();
        }
    }

    /// The open block is whole, and not open any more.
    void wholeCame() {
        block = null;
        deltas = new ArrayList<>();
        savedDeltas = -1;
    }

    boolean isOpen() {
        return block != null;
    }

    boolean isSaved() {
        return savedDeltas >= 0;
    }

    boolean isUnsaved() {
        return block != null && savedDeltas < deltas.size() && !deltas.isEmpty();
    }

    List<Message> soFar() {
        join();
        List<Message> all = new ArrayList<>();
        all.add(start);
        if (block != null) {
            all.add(block);
            all.addAll(deltas);
        }
        return all;
    }

    /// @param anew whether nothing of it counts as saved
    List<Message> toSave(boolean anew) {
        if (anew) {
            savedDeltas = -1;
        }
        Message open = block;
        if (open == null || !isUnsaved()) {
            return List.of();
        }
        List<Message> events = new ArrayList<>();
        if (savedDeltas < 0) {
            events.add(start);
            events.add(open);
        }
        joined(deltas.subList(Math.max(0, savedDeltas), deltas.size())).ifPresent(events::add);
        savedDeltas = deltas.size();
        return events;
    }

    private void join() {
        if (deltas.size() < 2) {
            return;
        }
        boolean allSaved = savedDeltas == deltas.size();
        List<Message> all = new ArrayList<>();
        if (savedDeltas > 0 && !allSaved) {
            // What is saved stays apart from what is not.
            joined(deltas.subList(0, savedDeltas)).ifPresent(all::add);
            int before = all.size();
            joined(deltas.subList(savedDeltas, deltas.size())).ifPresent(all::add);
            savedDeltas = before;
        } else {
            joined(deltas).ifPresent(all::add);
            savedDeltas = allSaved ? all.size() : savedDeltas;
        }
        deltas = all;
    }

    /// One delta that says what all of them say; none if they carry no text.
    private static Optional<Message> joined(List<Message> deltas) {
        StringBuilder text = new StringBuilder();
        String member = null;
        Message model = null;
        for (Message m : deltas) {
            JsonNode delta = m.tree().path("event").path("delta");
            String name =
                    switch (delta.path("type").asText()) {
                        case "text_delta" -> "text";
                        case "thinking_delta" -> "thinking";
                        case "input_json_delta" -> "partial_json";
                        default -> null;
                    };
            if (name != null) {
                text.append(delta.path(name).asText());
                member = name;
                model = m;
            }
        }
        if (model == null || member == null) {
            return Optional.empty();
        }
        if (deltas.size() == 1) {
            return Optional.of(model);
        }
        ObjectNode joined = model.tree().deepCopy();
        ((ObjectNode) joined.path("event").path("delta")).put(member, text.toString());
        return Optional.of(Message.of(joined));
    }

    /// The open block as an `assistant` message in the form that the CLI itself gives an answer
    /// that was stopped (`aborted`), with `oriel_interrupted` to say that it is ours.
    ///
    /// @return nothing if the block has no text
    Optional<Message> interrupted() {
        Message open = block;
        if (open == null) {
            return Optional.empty();
        }
        join();
        JsonNode first = open.tree().path("event").path("content_block");
        String type = first.path("type").asText();
        if (!type.equals("text") && !type.equals("thinking")) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(first.path(type).asText(""));
        deltas.forEach(
                d -> text.append(d.tree().path("event").path("delta").path(type).asText("")));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        JsonNode begun = start.tree();
        ObjectNode m = Json.object().put("type", "assistant");
        ObjectNode message = m.putObject("message");
        copy(begun.path("event").path("message"), "id", message);
        message.put("type", "message").put("role", "assistant");
        copy(begun.path("event").path("message"), "model", message);
        message.putArray("content").addObject().put("type", type).put(type, text.toString());
        message.putNull("stop_reason");
        m.put("parent_tool_use_id", start.parentToolUseId());
        copy(begun, "session_id", m);
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
