package dev.oriel.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A session as the server tells of it; see `PROTOCOL.md`, "Sessions over HTTP".
///
/// @param title empty as long as it has none
/// @param cwd its folder, on the server's computer
/// @param agent `cli`, `api`, `demo`
/// @param recency orders the sessions of a server by their last change; 0 where the server does not
///   say it, and the time decides
/// @param costUsd US dollars so far
/// @param error what went wrong, one sentence, if it failed
public record SessionInfo(
        String id,
        String title,
        String cwd,
        String agent,
        Activity activity,
        @Nullable String model,
        @Nullable String permissionMode,
        boolean pinned,
        boolean archived,
        Instant createdAt,
        Instant updatedAt,
        long recency,
        long lastSeq,
        double costUsd,
        @Nullable String error) {

    /// The last changed last.
    public static final Comparator<SessionInfo> BY_LAST_CHANGE =
            Comparator.comparingLong(SessionInfo::recency).thenComparing(SessionInfo::updatedAt);

    /// What it does, in the words of the wire.
    public enum Activity {
        IDLE,
        /// No turn runs, but a background task waits for an answer. The next prompt may begin.
        IDLE_ASKING,
        RUNNING,
        ASKING,
        INTERRUPTING,
        FAILED,
        ENDED;

        /// Whether a turn is under way.
        public boolean isBusy() {
            return this == RUNNING || this == ASKING || this == INTERRUPTING;
        }

        /// Whether the agent waits for a person's answer.
        public boolean isAsking() {
            return this == ASKING || this == IDLE_ASKING;
        }

        private String wireName() {
            return this == IDLE_ASKING ? "idle" : name().toLowerCase(Locale.ROOT);
        }

        private static Activity of(String word, int asks) {
            return switch (word) {
                case "idle" -> asks > 0 ? IDLE_ASKING : IDLE;
                case "running" -> RUNNING;
                case "asking" -> ASKING;
                case "interrupting" -> INTERRUPTING;
                case "failed" -> FAILED;
                case "ended" -> ENDED;
                // A newer server may know more; a quiet session is the safest reading.
                default -> IDLE;
            };
        }
    }

    public static SessionInfo fromJson(JsonNode s) {
        return new SessionInfo(
                s.path("id").asText(),
                s.path("title").asText(""),
                s.path("cwd").asText(""),
                s.path("agent").asText(""),
                Activity.of(s.path("state").asText(), s.path("asks").asInt()),
                text(s.get("model")),
                text(s.get("permission_mode")),
                s.path("pinned").asBoolean(),
                s.path("archived").asBoolean(),
                instant(s.path("created_at").asText()),
                instant(s.path("updated_at").asText()),
                s.path("recency").asLong(),
                s.path("last_seq").asLong(),
                s.path("cost_usd").asDouble(),
                text(s.get("error")));
    }

    /// From an `oriel_session` message, or null if it is none.
    public static @Nullable SessionInfo fromMessage(Message message) {
        return message.is("system", "oriel_session")
                ? fromJson(message.tree().path("session"))
                : null;
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null || !node.isTextual() ? null : node.textValue();
    }

    private static Instant instant(String iso) {
        try {
            return Instant.parse(iso);
        } catch (DateTimeParseException _) {
            return Instant.EPOCH;
        }
    }

    /// As it stands on the wire.
    public ObjectNode toJson() {
        ObjectNode s =
                Json.object()
                        .put("id", id)
                        .put("title", title)
                        .put("cwd", cwd)
                        .put("agent", agent)
                        .put("state", activity.wireName())
                        .put("pinned", pinned)
                        .put("archived", archived)
                        .put("created_at", createdAt.toString())
                        .put("updated_at", updatedAt.toString())
                        .put("recency", recency)
                        .put("last_seq", lastSeq)
                        .put("cost_usd", costUsd);
        if (activity == Activity.IDLE_ASKING) {
            s.put("asks", 1);
        }
        if (model != null) {
            s.put("model", model);
        }
        if (permissionMode != null) {
            s.put("permission_mode", permissionMode);
        }
        if (error != null) {
            s.put("error", error);
        }
        return s;
    }
}
