package dev.oriel.session.lane;

import dev.oriel.agent.AgentEvent;

/// An event, and which of the session's agents it is of: a late word of an agent that was replaced
/// counts for nothing.
public record AgentInput(int generation, AgentEvent event) {
    /// Bytes that wait while this waits.
    int weight() {
        return switch (event) {
            case AgentEvent.Output(var message) -> message.bytes().length;
            case AgentEvent.StderrLine(String line) -> line.length();
            case AgentEvent.StdoutLine(String line) -> line.length();
            case AgentEvent.MalformedLine _, AgentEvent.Exited _ -> 0;
        };
    }
}
