package dev.oriel.session.branch;

import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds, from the end of a conversation backwards, where the part begins that the model still
/// needs. Confined to one thread.
final class RecentStart {
    /// The messages before the last summary that it keeps and that were not found yet, by `uuid`;
    /// null before the summary is found.
    private @Nullable Set<String> kept;

    private boolean hasResult;

    /// @param message the one before those that were given
    /// @return whether everything that is needed begins with it
    boolean isFound(Message message) {
        hasResult |= message.is(MessageType.RESULT); // has the cost so far
        Set<String> missing = kept;
        if (missing == null) {
            if (message.is(MessageType.CONVERSATION_RESET)) {
                kept = new HashSet<>();
            } else if (message.is(MessageType.SYSTEM, SystemSubtype.COMPACT_BOUNDARY)) {
                kept = keptBy(message);
            }
            return false;
        }
        if (message.uuid() != null) {
            missing.remove(message.uuid());
        }
        // The model before the first message counts: thinking of another one is dropped.
        return missing.isEmpty() && hasResult && message.is(MessageType.SYSTEM, SystemSubtype.INIT);
    }

    private static Set<String> keptBy(Message boundary) {
        Set<String> uuids = new HashSet<>();
        boundary.tree()
                .path("compact_metadata")
                .path("preserved_messages")
                .path("uuids")
                .forEach(u -> uuids.add(u.asText()));
        return uuids;
    }
}
