package dev.oriel.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A session as the server describes it; see `PROTOCOL.md`, "Sessions over HTTP".
///
/// @param id a UUID
/// @param title empty if it has none yet
/// @param cwd its folder, on the server's computer
/// @param agent `cli`, `api` or `demo`; empty if the server does not report it
/// @param activity what it is doing
/// @param model null if it is not known
/// @param permissionMode null if it is not known
/// @param effort how much the agent thinks, such as `high`; null for the agent's default
/// @param maxThinkingTokens maximum number of thinking tokens per response, for models without
///   effort levels; null for the agent's default
/// @param pinned whether the user keeps it at the top of lists
/// @param archived whether it is left out of lists
/// @param createdAt when it was created
/// @param updatedAt when it last changed
/// @param recency orders the sessions of a server by their last change; 0 if the server does not
///   report it, then the time decides
/// @param lastSeq the `seq` of its last message; 0 if there is none
/// @param costUsd US dollars so far
/// @param error what went wrong, a sentence for the user; null unless it failed
/// @param account the id of the account that its agent `api` uses; null for another agent
public record SessionInfo(
        String id,
        String title,
        String cwd,
        String agent,
        Activity activity,
        @Nullable String model,
        @Nullable String permissionMode,
        @Nullable String effort,
        @Nullable Integer maxThinkingTokens,
        boolean pinned,
        boolean archived,
        Instant createdAt,
        Instant updatedAt,
        long recency,
        long lastSeq,
        double costUsd,
        @Nullable String error,
        @Nullable String account) {

    /// A session whose agent thinks as much as it does by default.
    ///
    /// @param id a UUID
    /// @param title empty if it has none yet
    /// @param cwd its folder, on the server's computer
    /// @param agent `cli`, `api` or `demo`; empty if the server does not report it
    /// @param activity what it is doing
    /// @param model null if it is not known
    /// @param permissionMode null if it is not known
    /// @param pinned whether the user keeps it at the top of lists
    /// @param archived whether it is left out of lists
    /// @param createdAt when it was created
    /// @param updatedAt when it last changed
    /// @param recency orders the sessions of a server by their last change
    /// @param lastSeq the `seq` of its last message; 0 if there is none
    /// @param costUsd US dollars so far
    /// @param error what went wrong; null unless it failed
    public SessionInfo(
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
        this(
                id,
                title,
                cwd,
                agent,
                activity,
                model,
                permissionMode,
                null,
                null,
                pinned,
                archived,
                createdAt,
                updatedAt,
                recency,
                lastSeq,
                costUsd,
                error,
                null);
    }

    /// Orders by the last change, oldest first.
    public static final Comparator<SessionInfo> BY_LAST_CHANGE =
            Comparator.comparingLong(SessionInfo::recency).thenComparing(SessionInfo::updatedAt);

    /// What a session is doing.
    public enum Activity {
        /// No turn runs.
        IDLE,
        /// No turn runs, but a background task asks the user. The next prompt can start.
        IDLE_ASKING,
        /// A turn runs.
        RUNNING,
        /// A turn runs and asks the user.
        ASKING,
        /// A turn was interrupted and has not ended yet.
        INTERRUPTING,
        /// The last turn failed.
        FAILED,
        /// The session was ended; the next prompt opens it again.
        ENDED;

        /// Whether a turn is under way.
        ///
        /// @return whether it is
        public boolean isBusy() {
            return this == RUNNING || this == ASKING || this == INTERRUPTING;
        }

        /// Whether the agent asks the user.
        ///
        /// @return whether it does
        public boolean isAsking() {
            return this == ASKING || this == IDLE_ASKING;
        }

        private String wireName() {
            return this == IDLE_ASKING ? "idle" : name().toLowerCase(Locale.ROOT);
        }

        private static Activity from(String state, int asks) {
            return switch (state) {
                case "idle" -> asks > 0 ? IDLE_ASKING : IDLE;
                case "running" -> RUNNING;
                case "asking" -> ASKING;
                case "interrupting" -> INTERRUPTING;
                case "failed" -> FAILED;
                case "ended" -> ENDED;
                // A newer server may have other states; idle is the safest assumption.
                default -> IDLE;
            };
        }
    }

    /// Parses a session; what is missing gets its default.
    ///
    /// @param s the JSON object of the protocol
    /// @return the session
    public static SessionInfo fromJson(JsonNode s) {
        return new SessionInfo(
                s.path("id").asText(),
                s.path("title").asText(""),
                s.path("cwd").asText(""),
                s.path("agent").asText(""),
                Activity.from(s.path("state").asText(), s.path("asks").asInt()),
                text(s.get("model")),
                text(s.get("permission_mode")),
                text(s.get("effort")),
                s.path("max_thinking_tokens").isInt()
                        ? s.path("max_thinking_tokens").intValue()
                        : null,
                s.path("pinned").asBoolean(),
                s.path("archived").asBoolean(),
                instant(s.path("created_at").asText()),
                instant(s.path("updated_at").asText()),
                s.path("recency").asLong(),
                s.path("last_seq").asLong(),
                s.path("cost_usd").asDouble(),
                text(s.get("error")),
                text(s.get("account")));
    }

    /// The session that an `oriel_session` message reports.
    ///
    /// @param message any message
    /// @return null if it is another message
    public static @Nullable SessionInfo fromMessage(Message message) {
        return message.is(MessageType.SYSTEM, SystemSubtype.ORIEL_SESSION)
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

    /// The JSON object of the protocol.
    ///
    /// @return a new object
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
        if (effort != null) {
            s.put("effort", effort);
        }
        if (maxThinkingTokens != null) {
            s.put("max_thinking_tokens", maxThinkingTokens);
        }
        if (error != null) {
            s.put("error", error);
        }
        if (account != null) {
            s.put("account", account);
        }
        return s;
    }
}
