package dev.oriel.agent.api.wire;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Closes a stream that delivers no bytes for too long. One alarm at a time is set, not one for
/// each piece that arrives. Thread-safe.
final class StallGuard implements AutoCloseable {
    private final InputStream stream;
    private final Duration limit;
    private final LongSupplier nanos;
    private final Alarm alarm;
    private volatile long last;
    private volatile boolean stalled;
    private volatile boolean closed;

    /// Runs an action on another thread after some time.
    interface Alarm {
        /// Uses a thread of the JDK that all such actions share.
        Alarm REAL =
                (after, action) -> {
                    Executor later =
                            CompletableFuture.delayedExecutor(
                                    after.toNanos(), TimeUnit.NANOSECONDS);
                    later.execute(action);
                };

        void set(Duration after, Runnable action);
    }

    /// @param nanos the time, as [System#nanoTime]
    StallGuard(InputStream stream, Duration limit, LongSupplier nanos, Alarm alarm) {
        this.stream = stream;
        this.limit = limit;
        this.nanos = nanos;
        this.alarm = alarm;
        this.last = nanos.getAsLong();
        alarm.set(limit, this::check);
    }

    /// Bytes have arrived.
    void arrived() {
        last = nanos.getAsLong();
    }

    /// Whether the stream was closed because nothing arrived.
    boolean stalled() {
        return stalled;
    }

    private void check() {
        if (closed) {
            return;
        }
        Duration left = limit.minusNanos(nanos.getAsLong() - last);
        if (left.isPositive()) {
            alarm.set(left, this::check);
            return;
        }
        stalled = true;
        try {
            stream.close();
        } catch (IOException e) {
            // The reader sees the end of the stream anyway.
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
