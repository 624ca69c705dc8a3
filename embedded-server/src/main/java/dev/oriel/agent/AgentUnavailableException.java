package dev.oriel.agent;

/// An agent could not be started. The message says what is so and what to do, for a person.
public final class AgentUnavailableException extends Exception {
    private final String what;

    public AgentUnavailableException(String what) {
        super(what);
        this.what = what;
    }

    public AgentUnavailableException(String what, Throwable cause) {
        super(what, cause);
        this.what = what;
    }

    @Override
    public String getMessage() {
        return what;
    }
}
