package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Which version of the system a client was written for (wire.md 5). It shows in the options with
/// which the client makes a session, and decides in which form the session's answers are told.
enum ClientGeneration {
    FIRST,
    /// Gathers an answer by its `message_id`.
    SECOND,
    /// Takes whole messages as objects.
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
