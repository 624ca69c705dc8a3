package dev.oriel.session.turn;

import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import dev.oriel.session.lane.Lane;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/// Watches whether the agent takes up the prompt that it was sent. Confined to the lane.
///
/// The CLI drops some prompts silently, for example one whose uuid its conversation already has
/// (seen with 2.1.332, which then only reports that it is idle). Such a prompt would never have a
/// `result`, so the wait for the first sign of its turn is limited.
final class PromptUptake {
    /// After the agent reports that it is idle; the report may still belong to the turn before.
    private static final Duration AFTER_IDLE = Duration.ofSeconds(5);

    /// Without any report: MCP servers that do not answer delay the first turn by a minute, and
    /// hooks of the user run before it.
    private static final Duration MAX_WAIT = Duration.ofMinutes(15);

    /// Runs while a prompt was sent and not taken up yet.
    private final LaneTimer wait;

    /// @param whenDropped run on the lane when it turns out that the prompt was not taken up
    PromptUptake(Lane lane, ScheduledExecutorService timer, Runnable whenDropped) {
        this.wait = new LaneTimer(lane, timer, whenDropped);
    }

    /// Starts to wait: the agent was sent a prompt.
    void start() {
        wait.start(MAX_WAIT);
    }

    /// Stops waiting: the turn is finished, or the agent has exited.
    void cancel() {
        wait.cancel();
    }

    /// Looks for a sign of the turn in a message of the agent.
    void onMessage(Message m) {
        if (!wait.isRunning()) {
            return;
        }
        if (AgentActivity.reportsIdle(m)) {
            wait.start(AFTER_IDLE);
        } else if (isSign(m)) {
            cancel();
        }
    }

    private static boolean isSign(Message m) {
        return switch (m.type()) {
            case MessageType.ASSISTANT, MessageType.STREAM_EVENT -> m.parentToolUseId() == null;
            case MessageType.RESULT -> true;
            case MessageType.SYSTEM ->
                    m.is(MessageType.SYSTEM, SystemSubtype.INIT)
                            || m.is(MessageType.SYSTEM, SystemSubtype.SESSION_STATE_CHANGED);
            default -> false;
        };
    }
}
