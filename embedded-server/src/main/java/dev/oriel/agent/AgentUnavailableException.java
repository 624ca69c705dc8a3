package dev.oriel.agent;

/// Thrown if an agent cannot be started. The message tells the user the problem and what to do.
public final class AgentUnavailableException extends Exception {
    private final String message;

    public AgentUnavailableException(String what) {
        super(what);
        this.message = what;
    }

    public AgentUnavailableException(String what, Throwable cause) {
        super(what, cause);
        this.message = what;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
