package dev.oriel.agent.cli;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The stair from a polite request to force: end of input, SIGTERM, SIGKILL for the process and all
/// that it started. Once the input is closed there is no way back, so the stair is then climbed
/// until the process is gone. Any thread.
final class Escalation {
    /// What each step does to the process.
    interface Steps {
        void closeInput();

        void terminate();

        void kill();

        boolean isAlive();
    }

    private final ScheduledExecutorService clock;
    private final CliTimes times;
    private final Steps steps;
    private @Nullable ScheduledFuture<?> watch;
    private boolean climbing;

    Escalation(ScheduledExecutorService clock, CliTimes times, Steps steps) {
        this.clock = clock;
        this.times = times;
        this.steps = steps;
    }

    /// Gives an interrupt its time, then climbs if it is still needed. While one is being watched,
    /// a second one changes nothing.
    ///
    /// @param stillNeeded asked once, when the time is over
    /// @param climbs run just before the first step of force
    synchronized void watch(BooleanSupplier stillNeeded, Runnable climbs) {
        if (climbing || (watch != null && !watch.isDone())) {
            return;
        }
        watch =
                after(
                        times.interrupt(),
                        () -> {
                            if (stillNeeded.getAsBoolean()) {
                                climbs.run();
                                climb();
                            }
                        });
    }

    /// Climbs from the first step on; if it is being climbed already, nothing changes.
    synchronized void climb() {
        if (climbing) {
            return;
        }
        climbing = true;
        if (watch != null) {
            watch.cancel(false);
        }
        steps.closeInput();
        after(
                times.endOfInput(),
                () -> {
                    if (steps.isAlive()) {
                        steps.terminate();
                        after(times.terminate(), this::killIfAlive);
                    }
                });
    }

    private void killIfAlive() {
        if (steps.isAlive()) {
            steps.kill();
        }
    }

    private ScheduledFuture<?> after(Duration delay, Runnable step) {
        return clock.schedule(step, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
