package dev.oriel.agent;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Starts agents of one kind.
public interface AgentProvider {
    /// `cli`, `api` or `demo`.
    String kind();

    /// Checks whether an agent can be started now, and what is missing if not. May start a process
    /// and take seconds: do not call it on a session's lane or the FX thread.
    AgentStatus status();

    /// An inspector of the commands that a folder configures for agents of this kind; null if they
    /// read no configuration from folders.
    default @Nullable FolderInspector folderInspector() {
        return null;
    }

    /// Adds MCP servers to the configuration of agents of this kind; null if they have none.
    default @Nullable McpRegistry mcpRegistry() {
        return null;
    }

    /// Deletes what agents of this kind have stored for conversations that no session has any more.
    /// Blocks. Called after a session was deleted, and once after the start.
    ///
    /// @throws IOException if something could not be read or deleted
    default void deleteUnused(ConversationsInUse inUse) throws IOException {}

    /// Starts an agent.
    ///
    /// @throws AgentUnavailableException if it cannot be started; the message is for the user
    Agent start(AgentLaunch launch, AgentListener listener) throws AgentUnavailableException;
}
