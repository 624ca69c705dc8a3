package dev.oriel.agent;

import org.jspecify.annotations.Nullable;

/// A kind of agent that can be started.
public interface AgentProvider {
    /// `cli`, `api` or `demo`.
    String kind();

    /// Looks whether it could be started now, and what is missing if not. May start a process and
    /// take seconds: not for a session's lane or the FX thread.
    AgentStatus status();

    /// Tells what an agent would run only because its folder says so; null where there is nothing
    /// that it takes from there.
    default @Nullable FolderInspector folderInspector() {
        return null;
    }

    /// Starts an agent.
    ///
    /// @throws AgentUnavailableException if it cannot be started; its message is for a person
    Agent start(AgentLaunch launch, AgentListener listener) throws AgentUnavailableException;
}
