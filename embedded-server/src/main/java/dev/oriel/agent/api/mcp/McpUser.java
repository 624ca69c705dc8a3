package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;

/// The session that MCP servers belong to. Thread-safe.
public interface McpUser {
    /// Asks the user, and waits for the reply.
    ///
    /// @param request the inner object of a `can_use_tool` or `elicitation` request
    /// @return the inner response, `{"subtype":"success","response":{…}}` or
    ///   `{"subtype":"error","error":…}`
    /// @throws java.util.concurrent.CancellationException if the scope was cancelled
    ObjectNode ask(ObjectNode request, CancelScope cancel) throws InterruptedException;

    /// Receives a line that a server's program writes to standard error, without what looks like a
    /// key.
    void stderr(String line);
}
