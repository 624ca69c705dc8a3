package dev.oriel.testing.manual;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// A timer that only the test advances; due tasks run on the test's thread. Tasks may be scheduled
/// from any thread.
public final class ManualTimer extends AbstractExecutorService implements ScheduledExecutorService {
    private final List<Due<?>> due = new ArrayList<>(); // guarded by this
    private long now; // guarded by this; nanoseconds

    private final class Due<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long at;

        Due(Callable<V> task, long at) {
            super(task);
            this.at = at;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            synchronized (ManualTimer.this) {
                return unit.convert(at - now, TimeUnit.NANOSECONDS);
            }
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(
                    getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    /// Advances the time and runs the due tasks in order.
    public void advance(Duration time) {
        long end;
        synchronized (this) {
            end = now + time.toNanos();
        }
        for (Due<?> next = takeDue(end); next != null; next = takeDue(end)) {
            next.run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized Due<?> takeDue(long end) {
        due.removeIf(FutureTask::isCancelled);
        Due<?> next = due.stream().min(Comparator.comparingLong(d -> d.at)).orElse(null);
        if (next == null || next.at > end) {
            return null;
        }
        due.remove(next);
        now = Math.max(now, next.at);
        return next;
    }

    /// The number of tasks that are scheduled and not cancelled.
    public synchronized int pending() {
        due.removeIf(FutureTask::isCancelled);
        return due.size();
    }

    @Override
    public synchronized <V> ScheduledFuture<V> schedule(
            Callable<V> task, long delay, TimeUnit unit) {
        Due<V> mine = new Due<>(task, now + unit.toNanos(delay));
        due.add(mine);
        return mine;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    task.run();
                    return null;
                },
                delay,
                unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
            Runnable task, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("sessions schedule single tasks only");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
            Runnable task, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("sessions schedule single tasks only");
    }

    @Override
    public void execute(Runnable command) {
        schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public void shutdown() {
        // No task runs by itself.
    }

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
