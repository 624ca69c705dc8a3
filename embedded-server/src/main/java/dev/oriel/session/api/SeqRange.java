package dev.oriel.session.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.oriel.message.Json;
import java.util.List;

/// Consecutive messages of a session.
///
/// @param first seq of the first one, from 1
/// @param last seq of the last one, at least `first`
public record SeqRange(long first, long last) {
    public SeqRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("no range of messages: " + first + " to " + last);
        }
    }

    public boolean contains(long seq) {
        return seq >= first && seq <= last;
    }

    /// Each range as `[first, last]`.
    public static ArrayNode toJson(List<SeqRange> ranges) {
        ArrayNode list = Json.mapper().createArrayNode();
        ranges.forEach(r -> list.addArray().add(r.first()).add(r.last()));
        return list;
    }
}
