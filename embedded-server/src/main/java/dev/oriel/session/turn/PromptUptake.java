package dev.oriel.session.turn;

import dev.oriel.message.Message;
import dev.oriel.session.lane.Lane;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Whether the agent has taken up the prompt that it was given. Confined to the lane.
///
/// The CLI drops some prompts without a word, for instance one whose uuid its conversation has
/// already (seen with 2.1.332, which then only says that it is idle). Such a prompt would never
/// have a `result`, so that the wait for the first sign of its turn has an end.
final class PromptUptake {
    /// From the agent's word that it is idle; it may still be of the turn before.
    private static final Duration AFTER_IDLE = Duration.ofSeconds(5);

    /// Without any word: MCP servers that do not answer delay the first turn by a minute, and hooks
    /// of the person's run before it.
    private static final Duration AT_MOST = Duration.ofMinutes(15);

    private final Lane lane;
    private final ScheduledExecutorService timer;
    private final Runnable dropped;
    private boolean waiting;
    private @Nullable ScheduledFuture<?> end;

    /// @param dropped run on the lane when it turns out that the prompt was not taken up
    PromptUptake(Lane lane, ScheduledExecutorService timer, Runnable dropped) {
        this.lane = lane;
        this.timer = timer;
        this.dropped = dropped;
    }

    /// The agent was given a prompt.
    void begins() {
        waiting = true;
        endIn(AT_MOST);
    }

    /// The turn is over, or the agent has ended.
    void clear() {
        waiting = false;
        if (end != null) {
            end.cancel(false);
            end = null;
        }
    }

    /// Looks at what the agent says.
    void heard(Message said) {
        if (!waiting) {
            return;
        }
        if (AgentActivity.isIdle(said)) {
            endIn(AFTER_IDLE);
        } else if (isSign(said)) {
            clear();
        }
    }

    private static boolean isSign(Message said) {
        return switch (said.type()) {
            case "assistant", "stream_event" -> said.parentToolUseId() == null;
            case "result" -> true;
            case "system" ->
                    said.is("system", "init") || said.is("system", "session_state_changed");
            default -> false;
        };
    }

    private void endIn(Duration time) {
        if (end != null) {
            end.cancel(false);
        }
        end = timer.schedule(() -> lane.post(this::over), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void over() {
        if (waiting) {
            clear();
            dropped.run();
        }
    }
}
