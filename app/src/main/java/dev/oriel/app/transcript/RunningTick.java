package dev.oriel.app.transcript;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.app.transcript.render.LiveTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some items show a time that passes: while one is in sight, a frame is due when another time is
/// to be shown. Belongs to the JavaFX thread.
final class RunningTick {
    private final Scheduler scheduler;
    private final Runnable requestFrame;

    /// Cancels the next frame; null if no item in sight shows a time that passes.
    private @Nullable Runnable cancel;

    RunningTick(Scheduler scheduler, Runnable requestFrame) {
        this.scheduler = scheduler;
        this.requestFrame = requestFrame;
    }

    boolean isPending() {
        return cancel != null;
    }

    /// @param inSight the items in sight
    void update(List<Item> inSight, Instant now) {
        if (cancel != null) {
            cancel.run();
        }
        Duration next = null;
        for (Item item : inSight) {
            Duration own = LiveTime.untilNext(item, now);
            if (own != null && (next == null || own.compareTo(next) < 0)) {
                next = own;
            }
        }
        cancel = next == null ? null : scheduler.schedule(next, this::tick);
    }

    private void tick() {
        cancel = null;
        requestFrame.run();
    }
}
