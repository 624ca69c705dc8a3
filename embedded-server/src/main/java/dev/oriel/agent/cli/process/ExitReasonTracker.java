package dev.oriel.agent.cli.process;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import java.util.List;
import java.util.regex.Pattern;

/// What bears on why a CLI process ends. Each fact only ever becomes true. Any thread.
public final class ExitReasonTracker {
    private static final String NO_CONVERSATION = "No conversation found with session ID";
    private static final Pattern ID_TAKEN =
            Pattern.compile(".*\\bSession ID \\S+ is already in use.*");

    private volatile boolean resumed;
    private volatile boolean asked;
    private volatile boolean forced;
    private volatile boolean spoke;
    private volatile boolean conversationGone;

    /// It is started to resume a conversation.
    void resumes() {
        resumed = true;
    }

    /// It was told to leave.
    public void ask() {
        asked = true;
    }

    /// An interrupt had to be enforced.
    public void force() {
        forced = true;
    }

    /// It has said something.
    public void speaks() {
        if (!spoke) {
            spoke = true;
        }
    }

    public boolean spoke() {
        return spoke;
    }

    /// Whether a result is only the CLI's way to say that there is nothing to resume. It comes
    /// instead of everything else, with an exit behind it: no turn has ended.
    public boolean foundNoConversation(JsonNode result) {
        if (!resumed || spoke) {
            return false;
        }
        for (JsonNode each : result.path("errors")) {
            if (each.asText().contains(NO_CONVERSATION)) {
                conversationGone = true;
                return true;
            }
        }
        return false;
    }

    /// Whether a new conversation could not begin because the CLI has it already: it is to be
    /// resumed then. That happens when the server ended before it had noted that the conversation
    /// was begun.
    boolean conversationExists(List<String> words) {
        return !forced
                && !asked
                && !resumed
                && !spoke
                && words.stream().anyMatch(w -> ID_TAKEN.matcher(w).matches());
    }

    /// @param inTurn whether a turn was running
    /// @param words its last lines on standard error
    public ExitCause cause(boolean inTurn, List<String> words) {
        if (forced) {
            return ExitCause.STOPPED;
        }
        if (asked) {
            return ExitCause.ASKED;
        }
        if (conversationGone || (resumed && !spoke && contain(words, NO_CONVERSATION))) {
            return ExitCause.CONVERSATION_GONE;
        }
        return spoke && !inTurn ? ExitCause.ASKED : ExitCause.CRASHED;
    }

    private static boolean contain(List<String> words, String what) {
        return words.stream().anyMatch(w -> w.contains(what));
    }
}
