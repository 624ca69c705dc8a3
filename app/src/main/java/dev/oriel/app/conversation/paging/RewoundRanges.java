package dev.oriel.app.conversation.paging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.util.Map;
import java.util.TreeMap;

/// The messages that were rewound: they are in the journal, but no longer part of the conversation.
/// Learned from the messages that say so (`PROTOCOL.md`, "Forks and rewinds"). Belongs to the
/// JavaFX thread.
public final class RewoundRanges {
    /// The last seq of each range by its first one; ranges do not overlap.
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    /// Learns from a message of any type.
    ///
    /// @param window the messages that are held
    /// @return whether a message that is held turned out to be rewound
    public boolean learn(Message message, PageWindow window) {
        if (message.is(MessageType.SYSTEM, SystemSubtype.ORIEL_REWOUND)) {
            JsonNode marker = message.tree();
            return add(marker.path("first").asLong(), marker.path("last").asLong(), window);
        }
        boolean held = false;
        if (message.is(MessageType.SYSTEM, SystemSubtype.ORIEL_SESSION)) {
            for (JsonNode range : message.tree().path("session").path("rewound")) {
                held |= add(range.path(0).asLong(), range.path(1).asLong(), window);
            }
        }
        return held;
    }

    private boolean add(long first, long last, PageWindow window) {
        if (first < 1 || last < first || (contains(first) && contains(last))) {
            return false;
        }
        ranges.subMap(first, true, last, true).clear();
        ranges.put(first, last);
        return first <= window.endSeq() && last >= window.firstSeq();
    }

    public boolean contains(long seq) {
        Map.Entry<Long, Long> before = ranges.floorEntry(seq);
        return before != null && seq <= before.getValue();
    }
}
