package dev.oriel.agent;

/// A kind of agent that can be started.
public interface AgentProvider {
    /// `cli`, `api` or `demo`.
    String kind();

    /// Looks whether it could be started now, and what is missing if not. May start a process and
    /// take seconds: not for a session's lane or the FX thread.
    AgentStatus status();

    /// Starts an agent.
    ///
    /// @throws AgentUnavailableException if it cannot be started; its message is for a person
    Agent start(AgentLaunch launch, AgentListener listener) throws AgentUnavailableException;
}
