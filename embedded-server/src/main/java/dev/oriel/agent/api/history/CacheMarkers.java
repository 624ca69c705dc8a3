package dev.oriel.agent.api.history;

import java.nio.charset.StandardCharsets;

/// Marks where the API may store what it has read so far, so that the next request is read from the
/// cache up to there. The API accepts four markers: two are in the messages, one each in the system
/// prompt and in the tools.
final class CacheMarkers {
    /// User messages that end with a marker, counted from the last one: the last one for the next
    /// request to read, the one before to read what the previous request has stored.
    static final int MARKED_MESSAGES = 2;

    private static final byte[] MARKER =
            ",\"cache_control\":{\"type\":\"ephemeral\"}}".getBytes(StandardCharsets.UTF_8);

    private CacheMarkers() {}

    /// Adds a marker to an encoded block.
    ///
    /// @param block an object with at least one member
    static byte[] mark(byte[] block) {
        byte[] marked = new byte[block.length - 1 + MARKER.length];
        System.arraycopy(block, 0, marked, 0, block.length - 1);
        System.arraycopy(MARKER, 0, marked, block.length - 1, MARKER.length);
        return marked;
    }
}
