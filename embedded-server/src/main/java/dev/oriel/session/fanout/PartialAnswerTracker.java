package dev.oriel.session.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The text so far of the answers that are being streamed: of the conversation itself and of each
/// subagent, told apart by `parent_tool_use_id`. For a subscriber that joins in the middle, and to
/// keep what was seen where an answer never ends. Confined to the lane.
///
/// Deltas are kept as they came, and joined only when somebody needs them. The CLI sends a block
/// whole (`assistant`) before that block's `content_block_stop`, so a whole block closes the open
/// one of its stream.
final class PartialAnswerTracker {
    private static final String MAIN = "";

    private final Map<String, OpenStream> streams = new LinkedHashMap<>();

    /// Whether something that was saved is no longer open: what is saved is then written anew.
    private boolean stale;

    private boolean saved;

    /// What is to be saved.
    ///
    /// @param anew whether it takes the place of all that was saved before
    /// @param events of the streams that have grown, in the form of `stream_event`s
    record Unsaved(boolean anew, List<Message> events) {}

    void take(Message message) {
        String key = Objects.requireNonNullElse(message.parentToolUseId(), MAIN);
        if (message.is("assistant")) {
            OpenStream stream = streams.get(key);
            if (stream != null) {
                stale |= stream.isSaved();
                stream.wholeCame();
            }
            return;
        }
        switch (message.eventType()) {
            case "message_start" -> {
                drop(key);
                streams.put(key, new OpenStream(message));
            }
            case "content_block_start" -> {
                OpenStream stream = streams.get(key);
                if (stream != null) {
                    stale |= stream.isSaved();
                    stream.blockBegins(message);
                }
            }
            case "content_block_delta" -> {
                OpenStream stream = streams.get(key);
                if (stream != null) {
                    stream.grows(message);
                }
            }
            case "message_stop" -> drop(key);
            case null, default -> {
                // Nothing that a late reader would miss.
            }
        }
    }

    private void drop(String key) {
        OpenStream gone = streams.remove(key);
        stale |= gone != null && gone.isSaved();
    }

    void clear() {
        List.copyOf(streams.keySet()).forEach(this::drop);
    }

    /// The deltas that would have made what is there, stream by stream: `message_start`,
    /// `content_block_start`, one `content_block_delta`.
    List<Message> soFar() {
        List<Message> all = new ArrayList<>();
        streams.values().forEach(s -> all.addAll(s.soFar()));
        return all;
    }

    /// What was seen of the blocks that are open, as the messages that end them: see
    /// [OpenStream#interrupted]. A tool call that was not whole is left out, as it never ran.
    List<Message> interrupted() {
        List<Message> all = new ArrayList<>();
        streams.values().forEach(s -> s.interrupted().ifPresent(all::add));
        return all;
    }

    /// Like [#interrupted], of the conversation itself.
    List<Message> interruptedMain() {
        return interrupted(MAIN);
    }

    private List<Message> interrupted(String key) {
        OpenStream stream = streams.get(key);
        return stream == null ? List.of() : stream.interrupted().stream().toList();
    }

    /// What was seen of an open block that an error takes the place of.
    List<Message> cutOffBy(Message assistant) {
        String key = Objects.requireNonNullElse(assistant.parentToolUseId(), MAIN);
        OpenStream stream = streams.get(key);
        if (stream == null || !stream.isOpen()) {
            return List.of();
        }
        JsonNode said = assistant.tree();
        boolean error =
                said.hasNonNull("error")
                        || said.path("is_api_error_message").asBoolean()
                        || "<synthetic>".equals(said.path("message").path("model").asText());
        return error ? interrupted(key) : List.of();
    }

    void forgetMain() {
        drop(MAIN);
    }

    /// Forgets a stream whose block has come whole.
    void forget(String key) {
        drop(key);
    }

    /// Whether [#toSave] would give anything.
    boolean isUnsaved() {
        return (saved && stale) || streams.values().stream().anyMatch(OpenStream::isUnsaved);
    }

    /// What has come since the last time.
    Unsaved toSave() {
        boolean anew = stale || !saved;
        List<Message> events = new ArrayList<>();
        for (OpenStream each : streams.values()) {
            events.addAll(each.toSave(anew));
        }
        stale = false;
        saved = !events.isEmpty() || (saved && !anew);
        return new Unsaved(anew, events);
    }

    /// What [#toSave] gave could not be saved: the next time all is given.
    void notSaved() {
        saved = true;
        stale = true;
    }
}
