package dev.oriel.app.transcript;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.app.transcript.render.BlockCache;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A running tool shows for how long: while one is in sight, a frame is due every second. Belongs
/// to the JavaFX thread.
final class RunningTick {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Scheduler scheduler;
    private final Runnable requestFrame;

    /// Cancels the next frame; null if no tool in sight runs.
    private @Nullable Runnable cancel;

    RunningTick(Scheduler scheduler, Runnable requestFrame) {
        this.scheduler = scheduler;
        this.requestFrame = requestFrame;
    }

    boolean isPending() {
        return cancel != null;
    }

    /// @param inSight the items in sight
    void update(List<Item> inSight) {
        if (cancel != null) {
            cancel.run();
        }
        cancel =
                inSight.stream().anyMatch(BlockCache::isRunning)
                        ? scheduler.schedule(SECOND, this::tick)
                        : null;
    }

    private void tick() {
        cancel = null;
        requestFrame.run();
    }
}
