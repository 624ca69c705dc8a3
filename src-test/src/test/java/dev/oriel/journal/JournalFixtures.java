package dev.oriel.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.server.StoredSession;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sessions and messages to fill a journal with.
public final class JournalFixtures {
    private JournalFixtures() {}

    public static SessionRecord session(UUID id) {
        return titled(id, null, Instant.parse("2026-01-01T00:00:00Z"));
    }

    public static SessionRecord titled(UUID id, @Nullable String title, Instant updated) {
        return of(id, title, updated, 0);
    }

    /// A session with the n-th change of all.
    public static SessionRecord changed(UUID id, long recency, Instant updated) {
        return of(id, null, updated, recency);
    }

    private static SessionRecord of(
            UUID id, @Nullable String title, Instant updated, long recency) {
        return StoredSession.of(id)
                .title(title)
                .times(Instant.parse("2026-01-01T00:00:00Z"), updated)
                .recency(recency)
                .record();
    }

    /// An answer of the agent with one text block.
    public static Message answer(String text) {
        ObjectNode line = Json.object();
        line.put("type", "assistant");
        line.putObject("message")
                .put("role", "assistant")
                .putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", text);
        return Message.of(line);
    }
}
