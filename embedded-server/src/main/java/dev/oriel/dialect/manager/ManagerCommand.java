package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A command of a client (wire.md 5.3 and 5.6).
sealed interface ManagerCommand {
    /// @param session null for a new id
    record CreateSession(@Nullable UUID session, ManagedSessionOptions options)
            implements ManagerCommand {}

    /// @param content a string, or an array of text and image blocks
    record SendPrompt(UUID session, JsonNode content) implements ManagerCommand {}

    record EndSession(UUID session) implements ManagerCommand {}

    /// Interrupts the turn; the session stays.
    record InterruptSession(UUID session) implements ManagerCommand {}

    /// Ends a session and deletes its messages.
    record DeleteSession(UUID session) implements ManagerCommand {}

    record LoadMessages(UUID session, int limit, int offset) implements ManagerCommand {}

    record ListSessions() implements ManagerCommand {}

    /// Ends all sessions of the placement.
    record KillAll() implements ManagerCommand {}

    /// @param timestamp as it is returned; null for now
    record Ping(@Nullable String timestamp) implements ManagerCommand {}

    /// @param request null for the only one that is open
    record PermissionResponse(
            UUID session, @Nullable String request, boolean approved, @Nullable String reason)
            implements ManagerCommand {}

    /// @param request an open permission request to allow as well; null for none
    record AddRule(UUID session, AllowRule rule, @Nullable String request)
            implements ManagerCommand {}

    record RemoveRule(UUID session, String rule) implements ManagerCommand {}

    record ListRules(UUID session) implements ManagerCommand {}

    /// A repeated login, which has no effect.
    record Auth() implements ManagerCommand {}
}
