package dev.oriel.agent;

import java.util.Map;

/// Environment variables of an agent that nobody else may see, such as a client's own API key. Kept
/// in memory alone: never in the journal, a log or a command line.
///
/// @param variables by name
public record AgentSecrets(Map<String, String> variables) {
    public static final AgentSecrets NONE = new AgentSecrets(Map.of());

    public AgentSecrets {
        variables = Map.copyOf(variables);
    }

    /// Names only.
    @Override
    public String toString() {
        return "AgentSecrets" + variables.keySet();
    }
}
