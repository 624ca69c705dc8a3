package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// The version of the system for which a client was written (wire.md 5). It follows from the
/// options with which the client creates a session, and determines the form of the session's
/// answers.
enum ClientGeneration {
    FIRST,
    /// Collects an answer by its `message_id`.
    SECOND,
    /// Expects whole messages as objects.
    THIRD;

    private static final List<String> OF_THIRD =
            List.of("provider", "model", "base_url", "api_key", "always_allow_rules");
    private static final List<String> OF_SECOND =
            List.of(
                    "agent_name",
                    "permission_mode",
                    "conversation_history",
                    "original_conversation_id",
                    "mcp_servers");

    static ClientGeneration from(JsonNode options) {
        if (OF_THIRD.stream().anyMatch(options::hasNonNull)) {
            return THIRD;
        }
        return OF_SECOND.stream().anyMatch(options::hasNonNull) ? SECOND : FIRST;
    }
}
