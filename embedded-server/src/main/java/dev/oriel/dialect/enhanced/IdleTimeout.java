package dev.oriel.dialect.enhanced;

import dev.oriel.dialect.Peer;
import dev.oriel.message.CloseCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Closes a connection on which no frame has arrived and no query has run for a given time. Any
/// thread.
final class IdleTimeout {
    private final @Nullable Duration timeout;
    private final ScheduledExecutorService timer;
    private final Peer peer;
    private final BooleanSupplier busy;
    private final InstantSource clock;
    private volatile Instant last; // written by any thread, the last one counts
    private volatile @Nullable ScheduledFuture<?> next; // written by the timer's thread

    /// @param timeout null for no limit
    /// @param busy whether a query is running
    IdleTimeout(
            @Nullable Duration timeout,
            ScheduledExecutorService timer,
            Peer peer,
            BooleanSupplier busy,
            InstantSource clock) {
        this.timeout = timeout;
        this.timer = timer;
        this.peer = peer;
        this.busy = busy;
        this.clock = clock;
        this.last = clock.instant();
        if (timeout != null) {
            schedule(timeout);
        }
    }

    /// When the last frame arrived.
    Instant lastActivity() {
        return last;
    }

    void touch() {
        last = clock.instant();
    }

    void stop() {
        ScheduledFuture<?> waits = next;
        if (waits != null) {
            waits.cancel(false);
        }
    }

    private void schedule(Duration time) {
        next = timer.schedule(this::check, time.toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    private void check() {
        Duration limit = timeout;
        if (limit == null) {
            return;
        }
        if (busy.getAsBoolean()) {
            last = clock.instant();
        }
        Duration left = limit.minus(Duration.between(last, clock.instant()));
        if (left.isPositive()) {
            schedule(left);
        } else {
            peer.close(CloseCode.NORMAL, "session timeout");
        }
    }
}
