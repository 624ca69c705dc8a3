package dev.oriel.session.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.StreamEventType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The answers that are being streamed: the one of the conversation itself and one of each
/// subagent, told apart by `parent_tool_use_id`. Used to greet subscribers in the middle of an
/// answer, and to save what was seen of an answer that never ends. Confined to the lane.
///
/// The CLI sends a block whole (`assistant`) before that block's `content_block_stop`, so a whole
/// block closes the open one of its stream.
final class PartialAnswerTracker {
    private static final String MAIN = "";

    private final Map<String, OpenStream> streams = new LinkedHashMap<>();

    private Saved saved = Saved.NOTHING;

    /// What the last save has left in the journal.
    private enum Saved {
        NOTHING,
        /// A part of what is open.
        CURRENT,
        /// Also something that is no longer open, or unknown because a save has failed: everything
        /// is saved anew.
        OUTDATED
    }

    /// What is to be saved.
    ///
    /// @param anew whether it replaces everything saved before
    /// @param events of the streams that have grown, as `stream_event`s
    record Unsaved(boolean anew, List<Message> events) {}

    /// Follows a `stream_event` or an `assistant` message.
    void receive(Message message) {
        String key = key(message);
        OpenStream stream = streams.get(key);
        if (message.is(MessageType.ASSISTANT)) {
            if (stream != null) {
                markOutdated(stream);
                stream.closeBlock();
            }
            return;
        }
        switch (message.eventType()) {
            case StreamEventType.MESSAGE_START -> {
                remove(key);
                streams.put(key, new OpenStream(message));
            }
            case StreamEventType.CONTENT_BLOCK_START -> {
                if (stream != null) {
                    markOutdated(stream);
                    stream.startBlock(message);
                }
            }
            case StreamEventType.CONTENT_BLOCK_DELTA -> {
                if (stream != null) {
                    stream.append(message);
                }
            }
            case StreamEventType.MESSAGE_STOP -> remove(key);
            case null, default -> {
                // Nothing that a later subscriber would miss.
            }
        }
    }

    private static String key(Message message) {
        return Objects.requireNonNullElse(message.parentToolUseId(), MAIN);
    }

    /// Stops following a stream.
    ///
    /// @param key its `parent_tool_use_id`; empty for the conversation itself
    void remove(String key) {
        OpenStream removed = streams.remove(key);
        if (removed != null) {
            markOutdated(removed);
        }
    }

    /// The open block of a stream ends.
    private void markOutdated(OpenStream stream) {
        if (stream.isSaved()) {
            saved = Saved.OUTDATED;
        }
    }

    void removeMain() {
        remove(MAIN);
    }

    void clear() {
        List.copyOf(streams.keySet()).forEach(this::remove);
    }

    /// The events that produce what has arrived: see [OpenStream#streamEvents].
    List<Message> streamEvents() {
        List<Message> all = new ArrayList<>();
        streams.values().forEach(s -> all.addAll(s.streamEvents()));
        return all;
    }

    /// What was seen of the blocks that are open, as the messages that end them: see
    /// [OpenStream#interrupted]. An incomplete tool call is left out, because it never ran.
    List<Message> interrupted() {
        List<Message> all = new ArrayList<>();
        streams.values().forEach(s -> s.interrupted().ifPresent(all::add));
        return all;
    }

    /// The same of the conversation itself.
    List<Message> interruptedMain() {
        return interrupted(MAIN);
    }

    private List<Message> interrupted(String key) {
        OpenStream stream = streams.get(key);
        return stream == null ? List.of() : stream.interrupted().stream().toList();
    }

    /// What was seen of an open block, if an error replaces the rest of it.
    List<Message> cutOffBy(Message assistant) {
        OpenStream stream = streams.get(key(assistant));
        return stream != null && stream.isOpen() && isError(assistant.tree())
                ? interrupted(key(assistant))
                : List.of();
    }

    private static boolean isError(JsonNode assistant) {
        return assistant.hasNonNull("error")
                || assistant.path("is_api_error_message").asBoolean()
                || "<synthetic>".equals(assistant.path("message").path("model").asText());
    }

    /// True if [#takeUnsaved] would return anything.
    boolean hasUnsaved() {
        return saved == Saved.OUTDATED
                || streams.values().stream().anyMatch(OpenStream::hasUnsaved);
    }

    /// Takes what has arrived since the last call, and counts it as saved.
    Unsaved takeUnsaved() {
        boolean anew = saved != Saved.CURRENT;
        List<Message> events = new ArrayList<>();
        for (OpenStream each : streams.values()) {
            events.addAll(each.takeUnsaved(anew));
        }
        saved = anew && events.isEmpty() ? Saved.NOTHING : Saved.CURRENT;
        return new Unsaved(anew, events);
    }

    /// The result of [#takeUnsaved] could not be saved: the next call returns everything.
    void onSaveFailed() {
        saved = Saved.OUTDATED;
    }
}
