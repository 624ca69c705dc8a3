package dev.oriel.dialect.enhanced;

import dev.oriel.dialect.Peer;
import dev.oriel.message.CloseCode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Closes a connection on which no frame has arrived and no query has run for a given time. Any
/// thread.
final class IdleTimeout {
    private final @Nullable Duration timeout;
    private final ScheduledExecutorService timer;
    private final Peer peer;
    private final QueryRunner conversation;
    private volatile Instant last = Instant.now();
    private volatile @Nullable ScheduledFuture<?> next;

    /// @param timeout null for no limit
    IdleTimeout(
            @Nullable Duration timeout,
            ScheduledExecutorService timer,
            Peer peer,
            QueryRunner conversation) {
        this.timeout = timeout;
        this.timer = timer;
        this.peer = peer;
        this.conversation = conversation;
        if (timeout != null) {
            schedule(timeout);
        }
    }

    /// When the last frame arrived.
    Instant lastActivity() {
        return last;
    }

    void touch() {
        last = Instant.now();
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
        if (conversation.isBusy()) {
            last = Instant.now();
        }
        Duration left = limit.minus(Duration.between(last, Instant.now()));
        if (left.isPositive()) {
            schedule(left);
        } else {
            peer.close(CloseCode.NORMAL, "session timeout");
        }
    }
}
