package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a client can ask for (wire.md 5.3 and 5.6).
sealed interface ManagerCommand {
    /// @param session null for a new id
    record CreateSession(@Nullable UUID session, ManagedSessionOptions options)
            implements ManagerCommand {}

    /// @param content a text, or blocks of text and images
    record SendPrompt(UUID session, JsonNode content) implements ManagerCommand {}

    record EndSession(UUID session) implements ManagerCommand {}

    /// Stops the turn that runs; the session stays.
    record InterruptSession(UUID session) implements ManagerCommand {}

    /// Ends a session and forgets what was said in it.
    record DeleteSession(UUID session) implements ManagerCommand {}

    record LoadMessages(UUID session, int limit, int offset) implements ManagerCommand {}

    record ListSessions() implements ManagerCommand {}

    /// Ends every session of the place.
    record KillAll() implements ManagerCommand {}

    /// @param timestamp as it goes back; null for now
    record Ping(@Nullable String timestamp) implements ManagerCommand {}

    /// @param request null for the only one that is open
    record PermissionResponse(
            UUID session, @Nullable String request, boolean approved, @Nullable String reason)
            implements ManagerCommand {}

    /// @param request an open permission request that it answers too; null for none
    record AddRule(UUID session, AllowRule rule, @Nullable String request)
            implements ManagerCommand {}

    record RemoveRule(UUID session, String rule) implements ManagerCommand {}

    record ListRules(UUID session) implements ManagerCommand {}

    /// A second login, which changes nothing.
    record Auth() implements ManagerCommand {}
}
