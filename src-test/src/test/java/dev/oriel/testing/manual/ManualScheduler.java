package dev.oriel.testing.manual;

import dev.oriel.app.fx.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Time that passes when the test says so.
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

    /// Lets time pass and runs what falls due in it.
    public void advance(Duration time) {
        now = now.plus(time);
        for (Due d : List.copyOf(due)) {
            if (d.at().compareTo(now) <= 0 && due.remove(d)) {
                d.work().run();
            }
        }
    }
}
