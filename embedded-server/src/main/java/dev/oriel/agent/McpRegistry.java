package dev.oriel.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;

/// Adds MCP servers to an agent's own configuration. Starts a process and waits for it: do not call
/// it on a session's lane or the FX thread.
@FunctionalInterface
public interface McpRegistry {
    /// Where a server is configured.
    enum Scope {
        /// For the user, in this folder.
        LOCAL,
        /// For everybody who works in this folder.
        PROJECT,
        /// For the user, in every folder.
        USER;

        /// The name on the wire and on the command line.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Adds a server.
    ///
    /// @param folder the session's
    /// @param name letters, digits, `_` and `-`
    /// @param server in the shape of the agent's own configuration; may contain secrets
    /// @throws AgentUnavailableException if it was not added; the message is for the user, and
    ///   contains no secret and no path
    void add(Path folder, Scope scope, String name, ObjectNode server)
            throws AgentUnavailableException;
}
