package dev.oriel.session.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.Json;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A session at one moment, as clients see it. Immutable.
///
/// @param model the model asked for, else the one that the agent reports
/// @param thinking what clients have chosen for the session
/// @param asks number of pending asks; also without a turn, if a background task asks
/// @param account the account of the Messages API that the session was created with; null for none
/// @param rewound messages that are not part of the conversation any more; known of open sessions
public record SessionView(
        SessionRecord record,
        SessionState state,
        @Nullable String model,
        ThinkingSettings thinking,
        int asks,
        @Nullable String account,
        List<SeqRange> rewound) {
    public SessionView {
        rewound = List.copyOf(rewound);
    }

    /// A session without rewound messages, or one that is not open.
    public SessionView(
            SessionRecord record,
            SessionState state,
            @Nullable String model,
            ThinkingSettings thinking,
            int asks,
            @Nullable String account) {
        this(record, state, model, thinking, asks, account, List.of());
    }

    /// A session of an agent without accounts.
    public SessionView(
            SessionRecord record,
            SessionState state,
            @Nullable String model,
            ThinkingSettings thinking,
            int asks) {
        this(record, state, model, thinking, asks, null);
    }

    /// The same session after messages were journaled.
    public SessionView withLastSeq(long lastSeq) {
        return lastSeq <= record.lastSeq()
                ? this
                : new SessionView(
                        record.withLastSeq(lastSeq),
                        state,
                        model,
                        thinking,
                        asks,
                        account,
                        rewound);
    }

    /// Who created the session.
    public SessionOrigin origin() {
        return SessionOrigin.parse(record.origin());
    }

    public SessionView withoutOptions() {
        return record.options() == null
                ? this
                : new SessionView(
                        record.withoutOptions(), state, model, thinking, asks, account, rewound);
    }

    public UUID id() {
        return record.id();
    }

    /// The session object of the wire (`PROTOCOL.md`). Members whose value is null are left out.
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("id", record.id().toString());
        put(json, "title", record.title());
        json.put("cwd", record.cwd());
        json.put("agent", record.agent());
        json.put("state", state.wireName());
        if (asks > 0) {
            json.put("asks", asks);
        }
        put(json, "model", model);
        put(json, "account", account);
        put(json, "permission_mode", record.permissionMode());
        put(json, "effort", thinking.effort());
        if (thinking.maxTokens() != null) {
            json.put("max_thinking_tokens", thinking.maxTokens());
        }
        if (!origin().dialect().equals(SessionSpec.NATIVE)) {
            json.put("origin", origin().dialect());
        }
        json.put("pinned", record.pinned());
        json.put("archived", record.archived());
        json.put("created_at", record.createdAt().toString());
        json.put("updated_at", record.updatedAt().toString());
        json.put("recency", record.recency());
        json.put("last_seq", record.lastSeq());
        json.put("cost_usd", record.costUsd());
        put(json, "error", record.error());
        if (!rewound.isEmpty()) {
            json.set("rewound", SeqRange.toJson(rewound));
        }
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
