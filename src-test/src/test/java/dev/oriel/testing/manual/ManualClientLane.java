package dev.oriel.testing.manual;

import dev.oriel.client.link.ClientLane;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/// A client's lane that the test drives: tasks run in [#runAll()], and [#advance] advances the
/// time.
public final class ManualClientLane implements ClientLane {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Due> timers = new ArrayList<>();
    private final ManualClock clock = new ManualClock();
    private Duration now = Duration.ZERO;
    private boolean closed;

    private record Due(Duration at, Runnable task) {}

    /// The time of this lane.
    public Clock clock() {
        return clock;
    }

    @Override
    public void execute(Runnable task) {
        if (!closed) {
            tasks.add(task);
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /// Drops later tasks.
    public void close() {
        closed = true;
    }

    @Override
    public Timer schedule(Runnable task, Duration delay) {
        Due due = new Due(now.plus(delay), task);
        timers.add(due);
        return () -> timers.remove(due);
    }

    @Override
    public Timer scheduleRepeatedly(Runnable task, Duration period) {
        Timer[] next = new Timer[1];
        boolean[] cancelled = new boolean[1];
        Runnable repeat =
                new Runnable() {
                    @Override
                    public void run() {
                        task.run();
                        if (!cancelled[0]) {
                            next[0] = schedule(this, period);
                        }
                    }
                };
        next[0] = schedule(repeat, period);
        return () -> {
            cancelled[0] = true;
            next[0].cancel();
        };
    }

    /// The number of scheduled timers.
    public int timers() {
        return timers.size();
    }

    /// Runs all tasks, including those that they add.
    public void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /// Advances the time and runs the due timers in order, each followed by the tasks that it adds.
    public void advance(Duration time) {
        runAll();
        Duration end = now.plus(time);
        for (Optional<Due> due = next(end); due.isPresent(); due = next(end)) {
            timers.remove(due.get());
            moveTo(due.get().at());
            due.get().task().run();
            runAll();
        }
        moveTo(end);
    }

    private Optional<Due> next(Duration end) {
        return timers.stream()
                .filter(t -> t.at().compareTo(end) <= 0)
                .min(Comparator.comparing(Due::at));
    }

    private void moveTo(Duration time) {
        clock.advance(time.minus(now));
        now = time;
    }
}
