package dev.oriel.session;

import dev.oriel.agent.AgentEvent;

/// An event, and which of the session's agents it is of: a late word of an agent that was replaced
/// counts for nothing.
record AgentInput(int generation, AgentEvent event) {
    /// Bytes that wait while this waits.
    int weight() {
        return switch (event) {
            case AgentEvent.Said(var message) -> message.bytes().length;
            case AgentEvent.Muttered(String line) -> line.length();
            case AgentEvent.Stray(String line) -> line.length();
            case AgentEvent.Garbled _, AgentEvent.Exited _ -> 0;
        };
    }
}
