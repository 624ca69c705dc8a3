package dev.oriel.agent;

import java.util.List;

/// Receives the events of one agent.
@FunctionalInterface
public interface AgentListener {
    /// Called on a thread of the agent, for one event at a time. If it blocks, the agent waits.
    void onEvent(AgentEvent event);

    /// Called instead of [#onEvent(AgentEvent)] with several events that were read together, in
    /// order, so that a listener can process them as one batch.
    default void onEvents(List<AgentEvent> events) {
        events.forEach(this::onEvent);
    }
}
