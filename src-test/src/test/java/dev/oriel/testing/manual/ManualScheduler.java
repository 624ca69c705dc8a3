package dev.oriel.testing.manual;

import dev.oriel.app.fx.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A scheduler that only the test advances.
public final class ManualScheduler implements Scheduler {
    private final List<Due> due = new ArrayList<>();
    private Duration now = Duration.ZERO;

    private record Due(Duration at, Runnable work) {}

    @Override
    public Runnable schedule(Duration delay, Runnable work) {
        Due mine = new Due(now.plus(delay), work);
        due.add(mine);
        return () -> due.remove(mine);
    }

    /// Advances the time and runs the due tasks.
    public void advance(Duration time) {
        now = now.plus(time);
        for (Due d : List.copyOf(due)) {
            if (d.at().compareTo(now) <= 0 && due.remove(d)) {
                d.work().run();
            }
        }
    }
}
