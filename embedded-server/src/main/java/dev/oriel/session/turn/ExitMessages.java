package dev.oriel.session.turn;

import dev.oriel.agent.AgentEvent;

/// Sentences for the user when the agent has exited in the middle of a turn.
public final class ExitMessages {
    static final String CONVERSATION_GONE =
            "Claude Code no longer has this conversation. It goes on without memory of what stands"
                    + " above.";

    /// The server exited during a turn.
    public static final String CUT_SHORT =
            "Oriel ended while Claude was answering. The next prompt goes on from here.";

    private ExitMessages() {}

    static String describe(AgentEvent.Exited e) {
        return switch (e.cause()) {
            case STOPPED -> "Claude did not stop when asked, so its process was ended.";
            case ASKED -> "Claude was ended before it had finished.";
            case CONVERSATION_GONE -> CONVERSATION_GONE;
            case CRASHED ->
                    "Claude's process ended unexpectedly (exit code %d). The next prompt goes on from here."
                            .formatted(e.code());
        };
    }
}
