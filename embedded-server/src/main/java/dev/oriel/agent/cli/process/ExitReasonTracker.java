package dev.oriel.agent.cli.process;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.AgentLaunch.Conversation.Branched;
import dev.oriel.agent.AgentLaunch.Conversation.Fresh;
import dev.oriel.agent.AgentLaunch.Conversation.Resumed;
import dev.oriel.agent.cli.process.ExitState.Branching;
import dev.oriel.agent.cli.process.ExitState.ConversationMissing;
import dev.oriel.agent.cli.process.ExitState.Ending;
import dev.oriel.agent.cli.process.ExitState.Resuming;
import dev.oriel.agent.cli.process.ExitState.Starting;
import dev.oriel.agent.cli.process.ExitState.Talking;
import dev.oriel.agent.cli.process.ExitState.Trigger;
import java.util.List;
import java.util.regex.Pattern;

/// Records what bears on why the CLI of an agent ends, and derives the [ExitCause] from it. Any
/// thread.
public final class ExitReasonTracker {
    private static final String NO_CONVERSATION = "No conversation found with session ID";

    /// Of a branch. Seen with 2.1.332.
    private static final String NO_MESSAGE = "No message found with message.uuid of";

    private static final Pattern ID_TAKEN =
            Pattern.compile(".*\\bSession ID \\S+ is already in use.*");

    /// Written under the lock of this object, read without it: [#onOutput()] is called per message.
    private volatile ExitState state;

    /// @param conversation what the CLI is started for
    public ExitReasonTracker(Conversation conversation) {
        this.state =
                switch (conversation) {
                    case Fresh _ -> new Starting();
                    case Branched _ -> new Branching();
                    case Resumed _ -> new Resuming();
                };
    }

    private synchronized void move(Trigger trigger) {
        state = state.on(trigger);
    }

    /// [dev.oriel.agent.Agent#close()] was called.
    public void onCloseRequested() {
        move(new Trigger.CloseRequested());
    }

    /// An interrupt had no effect, so that the process is ended.
    public void onInterruptEnforced() {
        move(new Trigger.InterruptEnforced());
    }

    /// The CLI wrote a message.
    ///
    /// @return true if it is the first one
    public boolean onOutput() {
        if (state.isTalking()) {
            return false;
        }
        move(new Trigger.OutputReceived());
        return true;
    }

    /// Whether a `result` only reports that the CLI has no conversation to resume. The CLI writes
    /// it instead of everything else and exits: no turn has ended.
    public synchronized boolean isConversationMissing(JsonNode result) {
        if (!state.isResuming()) {
            return false;
        }
        for (JsonNode each : result.path("errors")) {
            if (saysMissing(each.asText())) {
                move(new Trigger.ConversationNotFound());
                return true;
            }
        }
        return false;
    }

    /// Whether the CLI ended without output because it does not know the flag for hooks.
    ///
    /// @param stderr the last lines on standard error of the process, which has ended
    boolean hasNoHookEvents(List<String> stderr) {
        ExitState now = state;
        boolean silent =
                now instanceof Starting || now instanceof Branching || now instanceof Resuming;
        return silent && CliCommandLine.isWithoutHookEvents(stderr);
    }

    /// Decides whether the conversation is to be resumed in a second process, because the CLI has a
    /// conversation with the id of the new one or of the branch. That happens if the server ended
    /// before it recorded that the conversation was started.
    ///
    /// @param stderr the last lines on standard error of the process, which has ended
    synchronized boolean resumeIfTaken(List<String> stderr) {
        boolean taken =
                (state instanceof Starting || state instanceof Branching)
                        && stderr.stream().anyMatch(l -> ID_TAKEN.matcher(l).matches());
        if (taken) {
            move(new Trigger.ConversationTaken());
        }
        return taken;
    }

    private static boolean saysMissing(String words) {
        return words.contains(NO_CONVERSATION) || words.contains(NO_MESSAGE);
    }

    /// Why the CLI ended.
    ///
    /// @param inTurn whether a turn was running
    /// @param stderr its last lines on standard error
    public ExitCause cause(boolean inTurn, List<String> stderr) {
        return switch (state) {
            case Ending(_, boolean forced) -> forced ? ExitCause.STOPPED : ExitCause.ASKED;
            case ConversationMissing _ -> ExitCause.CONVERSATION_GONE;
            case Branching _, Resuming _ ->
                    stderr.stream().anyMatch(ExitReasonTracker::saysMissing)
                            ? ExitCause.CONVERSATION_GONE
                            : ExitCause.CRASHED;
            case Starting _ -> ExitCause.CRASHED;
            case Talking _ -> inTurn ? ExitCause.CRASHED : ExitCause.ASKED;
        };
    }
}
