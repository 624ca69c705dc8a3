package dev.oriel.agent;

import java.util.List;

/// Where an agent's events go.
@FunctionalInterface
public interface AgentListener {
    /// Called on a thread of the agent, one event at a time. May block: the agent then waits.
    void onEvent(AgentEvent event);

    /// Called instead with events that were ready together, in order: who listens can then do with
    /// them in one go what would cost something each.
    default void onEvent(List<AgentEvent> events) {
        events.forEach(this::onEvent);
    }
}
