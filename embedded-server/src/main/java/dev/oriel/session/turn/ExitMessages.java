package dev.oriel.session.turn;

import dev.oriel.agent.AgentEvent;

/// Sentences for the user when the agent has exited in the middle of a turn.
public final class ExitMessages {
    static final String CONVERSATION_GONE =
            "Claude Code no longer has this conversation, so it continues without remembering the"
                    + " messages above.";

    /// The server exited during a turn.
    public static final String CUT_SHORT =
            "Oriel ended while Claude was answering. Your next message continues from here.";

    private ExitMessages() {}

    static String describe(AgentEvent.Exited e) {
        return switch (e.cause()) {
            case STOPPED -> "Claude did not stop when asked, so its process was ended.";
            case ASKED -> "Claude was ended before it had finished.";
            case CONVERSATION_GONE -> CONVERSATION_GONE;
            case CRASHED ->
                    ("Claude's process ended unexpectedly (exit code %d). Your next message"
                                    + " continues from here.")
                            .formatted(e.code());
        };
    }
}
