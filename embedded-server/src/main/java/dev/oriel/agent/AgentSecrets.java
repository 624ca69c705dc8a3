package dev.oriel.agent;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an agent is told that nobody else may see, such as a client's own API key. Kept in memory
/// alone: never in the journal, a log or a command line.
///
/// @param variables environment variables by name
/// @param mcpServers MCP servers by name, a JSON object as text, which may hold keys in their
///   headers; null for none
public record AgentSecrets(Map<String, String> variables, @Nullable String mcpServers) {
    public static final AgentSecrets NONE = new AgentSecrets(Map.of());

    public AgentSecrets {
        variables = Map.copyOf(variables);
    }

    public AgentSecrets(Map<String, String> variables) {
        this(variables, null);
    }

    public AgentSecrets withMcpServers(@Nullable String json) {
        return new AgentSecrets(variables, json);
    }

    /// Characters of all of it.
    public int length() {
        int servers = mcpServers == null ? 0 : mcpServers.length();
        return variables.entrySet().stream()
                .mapToInt(e -> e.getKey().length() + e.getValue().length())
                .reduce(servers, Integer::sum);
    }

    /// Names only.
    @Override
    public String toString() {
        return "AgentSecrets" + variables.keySet();
    }
}
