package dev.oriel.agent;

/// Thrown if the agent exits before it responds to a control request.
public final class AgentGoneException extends Exception {
    public AgentGoneException() {
        super("The agent ended before it answered.");
    }
}
