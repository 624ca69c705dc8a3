package dev.oriel.agent;

/// Where an agent's events go.
@FunctionalInterface
public interface AgentListener {
    /// Called on a thread of the agent, one event at a time. May block: the agent then waits.
    void on(AgentEvent event);
}
