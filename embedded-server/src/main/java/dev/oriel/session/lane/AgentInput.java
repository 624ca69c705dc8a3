package dev.oriel.session.lane;

import dev.oriel.agent.AgentEvent;

/// An event of one of the session's agents.
///
/// @param generation number of the agent: late events of an agent that was replaced are ignored
public record AgentInput(int generation, AgentEvent event) {
    /// Approximate size in bytes.
    int size() {
        return switch (event) {
            case AgentEvent.Output(var message) -> message.bytes().length;
            case AgentEvent.StderrLine(String line) -> line.length();
            case AgentEvent.StdoutLine(String line) -> line.length();
            case AgentEvent.MalformedLine _, AgentEvent.Exited _ -> 0;
        };
    }
}
