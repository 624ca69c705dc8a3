package dev.oriel.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The text so far of the answer that is being streamed, for a subscriber that joins in the middle.
///
/// Deltas are kept as they came, and joined only when somebody needs them: most answers end before
/// anybody joins. The CLI sends a block whole (`assistant`) before that block's
/// `content_block_stop`, so a whole block closes the open one.
final class PartialAnswer {
    /// Deltas kept apart before they are joined into one, so that a long answer costs its text and
    /// not its frames.
    private static final int JOIN_AT = 4_096;

    private @Nullable Message start;
    private final List<Message> open = new ArrayList<>();

    void take(Message message) {
        if (message.is("assistant")) {
            open.clear();
            return;
        }
        switch (message.eventType()) {
            case "message_start" -> {
                start = message;
                open.clear();
            }
            case "content_block_start" -> {
                open.clear();
                open.add(message);
            }
            case "content_block_delta" -> {
                if (!open.isEmpty()) {
                    open.add(message);
                    if (open.size() > JOIN_AT) {
                        join();
                    }
                }
            }
            case "message_stop" -> clear();
            case null, default -> {
                // Nothing that a late reader would miss.
            }
        }
    }

    void clear() {
        start = null;
        open.clear();
    }

    /// The deltas that would have made what is there: `message_start`, `content_block_start`, one
    /// `content_block_delta`.
    List<Message> soFar() {
        if (start == null) {
            return List.of();
        }
        join();
        List<Message> all = new ArrayList<>();
        all.add(start);
        all.addAll(open);
        return all;
    }

    private void join() {
        if (open.size() <= 2) {
            return;
        }
        StringBuilder text = new StringBuilder();
        String member = null;
        Message model = null;
        for (Message m : open.subList(1, open.size())) {
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
        Message first = open.getFirst();
        open.clear();
        open.add(first);
        if (model != null && member != null) {
            ObjectNode joined = model.tree().deepCopy();
            ((ObjectNode) joined.path("event").path("delta")).put(member, text.toString());
            open.add(Message.of(joined));
        }
    }
}
