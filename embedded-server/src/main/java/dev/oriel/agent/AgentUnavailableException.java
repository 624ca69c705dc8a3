package dev.oriel.agent;

/// An agent could not be started. The message says what is so and what to do, for a person.
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
