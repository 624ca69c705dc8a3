package dev.oriel.dialect;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Limits the memory of unsent data of all clients together: queued frames and replies to HTTP
/// requests. Each client may queue up to a limit of its own. When the budget is used up, no client
/// gets more data until some has been sent or clients that do not read have been disconnected.
/// Thread-safe.
public final class SendBudget {
    /// The maximum number of queued bytes per client; with more, it is treated as slow. Large
    /// enough for bursts, small enough for many clients.
    private static final long BYTES_PER_CLIENT = 1024 * 1024;

    private static final long MIN_BYTES = 32L * 1024 * 1024;
    private static final int HEAP_DIVISOR = 4;
    private static final long COUNT_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long RETRY_MILLIS = 100;
    private static final Duration RETRY = Duration.ofMillis(20);

    private final long maxBytes;
    private final ScheduledExecutorService timer;

    /// Guarded by itself.
    private final Set<BudgetedPeer> peers = Collections.newSetFromMap(new WeakHashMap<>());

    /// Increased by [#acquire] under the lock of `peers`.
    private final AtomicLong reservedBytes = new AtomicLong();

    /// Result of the last count; written by any thread, where the latest count wins.
    private volatile boolean spent;

    /// Time of the last count, nanoseconds; written by any thread.
    private volatile long countedAt = System.nanoTime() - COUNT_INTERVAL_NANOS;

    /// @param maxBytes the budget in bytes
    /// @param timer for short tasks
    public SendBudget(long maxBytes, ScheduledExecutorService timer) {
        this.maxBytes = maxBytes;
        this.timer = timer;
    }

    /// A quarter of the maximum heap, in bytes; at least 32 MiB.
    public static long defaultSize() {
        return Math.max(MIN_BYTES, Runtime.getRuntime().maxMemory() / HEAP_DIVISOR);
    }

    /// Adds a peer to those that share the budget.
    ///
    /// @return the peer to use instead
    public Peer share(Peer peer) {
        var budgeted = new BudgetedPeer(peer);
        synchronized (peers) {
            peers.add(budgeted);
        }
        return budgeted;
    }

    /// Reserves memory for a reply to an HTTP request before the reply is created. Until
    /// [Reservation#resize] is called, 1 MiB is reserved. Blocks until the memory is available.
    ///
    /// @param timeout the maximum time to wait
    /// @return null after the timeout
    public @Nullable Reservation reserve(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!acquire()) {
            if (System.nanoTime() - deadline >= 0) {
                return null;
            }
            Thread.sleep(RETRY);
        }
        return new Reservation(BYTES_PER_CLIENT);
    }

    /// A reservation for a small reply: it starts at 0 bytes and never waits.
    public Reservation reserveNothing() {
        return new Reservation(0);
    }

    private boolean acquire() {
        synchronized (peers) {
            boolean available = usedBytes() + BYTES_PER_CLIENT <= maxBytes;
            if (available) {
                reservedBytes.addAndGet(BYTES_PER_CLIENT);
            }
            return available;
        }
    }

    /// The memory of one reply, from before its creation until the client has read it or has
    /// disconnected.
    public final class Reservation implements AutoCloseable {
        private long bytes; // guarded by this
        private boolean closed; // guarded by this

        private Reservation(long bytes) {
            this.bytes = bytes;
        }

        /// Sets the actual size of the reply in bytes.
        public synchronized void resize(long size) {
            if (!closed) {
                reservedBytes.addAndGet(size - bytes);
                bytes = size;
            }
        }

        /// Releases the memory. Idempotent.
        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                reservedBytes.addAndGet(-bytes);
            }
        }
    }

    private boolean isSpent() {
        long now = System.nanoTime();
        if (now - countedAt >= COUNT_INTERVAL_NANOS) {
            countedAt = now;
            spent = usedBytes() > maxBytes;
        }
        return spent;
    }

    /// The number of bytes in use by all clients and replies.
    long usedBytes() {
        long sum = reservedBytes.get();
        synchronized (peers) {
            for (BudgetedPeer peer : peers) {
                sum += peer.queuedBytes();
            }
        }
        return sum;
    }

    private final class BudgetedPeer implements Peer {
        private final Peer inner;

        BudgetedPeer(Peer inner) {
            this.inner = inner;
        }

        @Override
        public void send(TextFrames frames) {
            inner.send(frames);
        }

        @Override
        public long queuedBytes() {
            return inner.queuedBytes();
        }

        @Override
        public long queueLimit() {
            return isSpent() ? 0 : BYTES_PER_CLIENT;
        }

        @Override
        public boolean awaitBelow(long bytes, Duration timeout) {
            return inner.awaitBelow(bytes, timeout);
        }

        @Override
        public void whenBelow(long bytes, Runnable task) {
            inner.whenBelow(bytes, () -> whenNotSpent(bytes, task));
        }

        private void whenNotSpent(long bytes, Runnable task) {
            if (isSpent()) {
                timer.schedule(() -> whenBelow(bytes, task), RETRY_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                task.run();
            }
        }

        @Override
        public void close(int code, String reason) {
            inner.close(code, reason);
        }

        @Override
        public void admit() {
            inner.admit();
        }

        @Override
        public String address() {
            return inner.address();
        }

        @Override
        public void describe(String description) {
            inner.describe(description);
        }
    }
}
