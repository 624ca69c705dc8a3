package dev.oriel.session;

import dev.oriel.agent.AgentEvent;

/// An event, and which of the session's agents it is of: a late word of an agent that was replaced
/// counts for nothing.
record AgentInput(int generation, AgentEvent event) {
    /// Bytes that wait while this waits.
    int weight() {
        return event instanceof AgentEvent.Said(var message) ? message.bytes().length : 0;
    }
}
