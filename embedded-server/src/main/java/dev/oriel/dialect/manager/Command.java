package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a client can ask for (protocols: sections 5.3 and 5.6).
sealed interface Command {
    /// @param session null for a new id
    record CreateSession(@Nullable UUID session, SessionOptions options) implements Command {}

    /// @param content a text, or blocks of text and images
    record SendPrompt(UUID session, JsonNode content) implements Command {}

    record EndSession(UUID session) implements Command {}

    /// Stops the turn that runs; the session stays.
    record InterruptSession(UUID session) implements Command {}

    /// Ends a session and forgets what was said in it.
    record DeleteSession(UUID session) implements Command {}

    record LoadMessages(UUID session, int limit, int offset) implements Command {}

    record ListSessions() implements Command {}

    /// Ends every session of the place.
    record KillAll() implements Command {}

    /// @param timestamp as it goes back; null for now
    record Ping(@Nullable String timestamp) implements Command {}

    /// @param request null for the only one that is open
    record PermissionResponse(
            UUID session, @Nullable String request, boolean approved, @Nullable String reason)
            implements Command {}

    /// @param request an open permission request that it answers too; null for none
    record AddRule(UUID session, AllowRule rule, @Nullable String request) implements Command {}

    record RemoveRule(UUID session, String rule) implements Command {}

    record ListRules(UUID session) implements Command {}

    /// A second login, which changes nothing.
    record Auth() implements Command {}
}
