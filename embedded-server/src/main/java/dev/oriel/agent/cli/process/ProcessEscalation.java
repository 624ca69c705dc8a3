package dev.oriel.agent.cli.process;

import dev.oriel.agent.cli.install.CliTimeouts;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The stair from a polite request to force: end of input, SIGTERM, SIGKILL for the process and all
/// that it started. Once the input is closed there is no way back, so the stair is then climbed
/// until the process is gone. Any thread.
public final class ProcessEscalation {
    /// What each step does to the process.
    public interface Target {
        void closeInput();

        void terminate();

        void kill();

        boolean isAlive();
    }

    private final ScheduledExecutorService clock;
    private final CliTimeouts times;
    private final Target steps;
    private boolean climbing;

    public ProcessEscalation(ScheduledExecutorService clock, CliTimeouts times, Target steps) {
        this.clock = clock;
        this.times = times;
        this.steps = steps;
    }

    /// Gives an interrupt its time, then climbs if it is still needed. Each interrupt is watched
    /// for itself: it may be of another turn than the one before.
    ///
    /// @param stillNeeded asked once, when the time is over
    /// @param climbs run just before the first step of force
    public synchronized void startAfterInterrupt(BooleanSupplier stillNeeded, Runnable climbs) {
        if (!climbing) {
            after(times.interrupt(), () -> force(stillNeeded, climbs));
        }
    }

    private synchronized void force(BooleanSupplier stillNeeded, Runnable climbs) {
        if (!climbing && stillNeeded.getAsBoolean()) {
            climbs.run();
            start();
        }
    }

    /// Climbs from the first step on; if it is being climbed already, nothing changes.
    public synchronized void start() {
        if (climbing) {
            return;
        }
        climbing = true;
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

    private void after(Duration delay, Runnable step) {
        clock.schedule(step, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
