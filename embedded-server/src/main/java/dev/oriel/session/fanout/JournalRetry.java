package dev.oriel.session.fanout;

import dev.oriel.session.lane.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tries again, once a second, to write a journal that could not be written. Meanwhile the lane
/// processes no agent input. Confined to the lane.
final class JournalRetry {
    private static final Logger LOG = LoggerFactory.getLogger(JournalRetry.class);
    private static final long PAUSE_SECONDS = 1;

    private final UUID session;
    private final Lane lane;
    private final ScheduledExecutorService timer;
    private final Runnable attempt;
    private final List<Runnable> whenWritable = new ArrayList<>();
    private State state = new State.Writable();

    /// Whether the journal takes what is written.
    private sealed interface State {
        record Writable() implements State {}

        record Waiting(ScheduledFuture<?> next) implements State {}

        record Trying() implements State {}
    }

    /// @param attempt writes the journal on the lane, and reports the result to [#onWritten] or
    ///   [#onFailed]
    JournalRetry(UUID session, Lane lane, ScheduledExecutorService timer, Runnable attempt) {
        this.session = session;
        this.lane = lane;
        this.timer = timer;
        this.attempt = attempt;
    }

    /// The journal was written.
    void onWritten() {
        if (state instanceof State.Writable) {
            return;
        }
        if (state instanceof State.Waiting(ScheduledFuture<?> next)) {
            next.cancel(false);
        }
        state = new State.Writable();
        lane.holdInput(false);
        LOG.info("Session {} writes its journal again", session);
        whenWritable.forEach(lane::post);
        whenWritable.clear();
    }

    /// The journal could not be written.
    ///
    /// @return whether it could be written before
    boolean onFailed() {
        return switch (state) {
            case State.Writable _ -> {
                lane.holdInput(true);
                schedule();
                yield true;
            }
            case State.Trying _ -> {
                schedule();
                yield false;
            }
            case State.Waiting _ -> false;
        };
    }

    private void schedule() {
        state =
                new State.Waiting(
                        timer.schedule(
                                () -> lane.post(this::tryAgain), PAUSE_SECONDS, TimeUnit.SECONDS));
    }

    private void tryAgain() {
        if (state instanceof State.Waiting) {
            state = new State.Trying();
            attempt.run();
        }
    }

    /// Runs something once on the lane, when the journal can be written again.
    void whenWritable(Runnable then) {
        if (!whenWritable.contains(then)) {
            whenWritable.add(then);
        }
    }
}
