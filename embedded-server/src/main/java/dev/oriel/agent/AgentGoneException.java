package dev.oriel.agent;

/// The agent ended before it answered.
public final class AgentGoneException extends Exception {
    public AgentGoneException() {
        super("The agent ended before it answered.");
    }
}
