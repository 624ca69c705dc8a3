package dev.oriel.agent;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Confidential parameters of an agent, such as a client's API key. They are kept in memory only
/// and never written to the journal, a log or a command line. Immutable.
///
/// @param variables environment variables by name
/// @param mcpServers MCP servers by name, the text of a JSON object, whose headers may contain
///   keys; null for none
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

    /// The total length in characters.
    public int length() {
        int servers = mcpServers == null ? 0 : mcpServers.length();
        return variables.entrySet().stream()
                .mapToInt(e -> e.getKey().length() + e.getValue().length())
                .reduce(servers, Integer::sum);
    }

    /// Contains the names of the variables only.
    @Override
    public String toString() {
        return "AgentSecrets" + variables.keySet();
    }
}
