package dev.oriel.agent.cli.process;

import dev.oriel.agent.cli.install.CliTimeouts;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Ends a process in steps of increasing force: end of its input, SIGTERM, SIGKILL for the process
/// and its descendants. A process whose input is closed is of no use any more, so that all steps
/// follow until it has ended. Any thread.
public final class ProcessEscalation {
    /// The process that is ended.
    public interface Target {
        void closeInput();

        void terminate();

        void kill();

        boolean isAlive();
    }

    private final ScheduledExecutorService clock;
    private final CliTimeouts timeouts;
    private final Target target;
    private boolean started; // guarded by this

    public ProcessEscalation(ScheduledExecutorService clock, CliTimeouts timeouts, Target target) {
        this.clock = clock;
        this.timeouts = timeouts;
        this.target = target;
    }

    /// Starts to end the process if an interrupt has no effect in time. Each interrupt has a
    /// deadline of its own, because it may belong to another turn than the one before.
    ///
    /// @param stillNeeded evaluated once, at the deadline
    /// @param onStart run just before the first step
    public synchronized void startAfterInterrupt(BooleanSupplier stillNeeded, Runnable onStart) {
        if (!started) {
            schedule(timeouts.interrupt(), () -> startIfNeeded(stillNeeded, onStart));
        }
    }

    private synchronized void startIfNeeded(BooleanSupplier stillNeeded, Runnable onStart) {
        if (!started && stillNeeded.getAsBoolean()) {
            onStart.run();
            start();
        }
    }

    /// Starts to end the process. Does nothing if that has been started.
    public synchronized void start() {
        if (started) {
            return;
        }
        started = true;
        target.closeInput();
        schedule(timeouts.endOfInput(), this::terminateIfAlive);
    }

    private void terminateIfAlive() {
        if (target.isAlive()) {
            target.terminate();
            schedule(timeouts.terminate(), this::killIfAlive);
        }
    }

    private void killIfAlive() {
        if (target.isAlive()) {
            target.kill();
        }
    }

    private void schedule(Duration delay, Runnable step) {
        clock.schedule(step, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
