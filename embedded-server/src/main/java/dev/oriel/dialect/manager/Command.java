package dev.oriel.dialect.manager;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a client can ask for (protocols: section 5.3).
sealed interface Command {
    /// @param session null for a new id
    record CreateSession(@Nullable UUID session, SessionOptions options) implements Command {}

    record SendPrompt(UUID session, String prompt) implements Command {}

    record EndSession(UUID session) implements Command {}

    record ListSessions() implements Command {}

    /// @param timestamp as it goes back; null for now
    record Ping(@Nullable String timestamp) implements Command {}

    record PermissionResponse(
            UUID session, String request, boolean approved, @Nullable String reason)
            implements Command {}

    /// A second login, which changes nothing.
    record Auth() implements Command {}
}
