package dev.oriel.dialect;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The memory that may wait to be sent to all clients together, over sockets and as answers to HTTP
/// requests. Each may have its own share of it waiting; when they have used up all of it, nobody is
/// given more before some of it has been sent, or those who do not read have been closed. Any
/// thread.
public final class SendBudget {
    /// From so many bytes on a client counts as slow. Large enough for bursts, small enough for
    /// many clients.
    private static final long EACH = 1024 * 1024;

    private static final long LEAST = 32L * 1024 * 1024;
    private static final int SHARE_OF_HEAP = 4;
    private static final long COUNTED_EVERY = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long RETRY_MILLIS = 100;
    private static final Duration RETRY = Duration.ofMillis(20);

    private final long most;
    private final ScheduledExecutorService timer;
    private final Set<BudgetedPeer> peers =
            Collections.newSetFromMap(new WeakHashMap<>()); // guarded by
    // itself
    private final AtomicLong reservedBytes =
            new AtomicLong(); // bytes; taken under the lock of peers
    private volatile boolean spent;
    private volatile long countedAt = System.nanoTime() - COUNTED_EVERY;

    /// @param most bytes
    /// @param timer its tasks are short
    public SendBudget(long most, ScheduledExecutorService timer) {
        this.most = most;
        this.timer = timer;
    }

    /// A quarter of the heap, in bytes.
    public static long defaultSize() {
        return Math.max(LEAST, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /// The peer, as one of those that share the budget.
    public Peer share(Peer peer) {
        var guarded = new BudgetedPeer(peer);
        synchronized (peers) {
            peers.add(guarded);
        }
        return guarded;
    }

    /// Room for an answer to an HTTP request, to be taken before it is made: until its size is
    /// known it counts as much as a client may have waiting.
    ///
    /// @param patience how long to wait for room
    /// @return null if there was none in that time
    public @Nullable Reservation reserve(Duration patience) throws InterruptedException {
        long by = System.nanoTime() + patience.toNanos();
        while (!takeRoom()) {
            if (System.nanoTime() - by >= 0) {
                return null;
            }
            Thread.sleep(RETRY);
        }
        return new Reservation(EACH);
    }

    /// The same for an answer that is small: it is counted, and never waits.
    public Reservation reserveNothing() {
        return new Reservation(0);
    }

    private boolean takeRoom() {
        synchronized (peers) {
            boolean free = waiting() + EACH <= most;
            if (free) {
                reservedBytes.addAndGet(EACH);
            }
            return free;
        }
    }

    /// What one answer counts, from before it is made until the client has read it or is gone.
    public final class Reservation implements AutoCloseable {
        private long bytes; // guarded by this
        private boolean closed; // guarded by this

        private Reservation(long bytes) {
            this.bytes = bytes;
        }

        /// It has been made, and is of that size.
        public synchronized void resize(long size) {
            if (!closed) {
                reservedBytes.addAndGet(size - bytes);
                bytes = size;
            }
        }

        /// Nothing of it is kept any more. Closing twice is harmless.
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
        if (now - countedAt >= COUNTED_EVERY) {
            countedAt = now;
            spent = waiting() > most;
        }
        return spent;
    }

    /// Bytes that wait for all.
    long waiting() {
        long sum = reservedBytes.get();
        synchronized (peers) {
            for (BudgetedPeer each : peers) {
                sum += each.queuedBytes();
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
            return isSpent() ? 0 : EACH;
        }

        @Override
        public boolean awaitBelow(long bytes, Duration patience) {
            return inner.awaitBelow(bytes, patience);
        }

        @Override
        public void whenBelow(long bytes, Runnable then) {
            inner.whenBelow(bytes, () -> whenNotSpent(bytes, then));
        }

        private void whenNotSpent(long bytes, Runnable then) {
            if (isSpent()) {
                timer.schedule(() -> whenBelow(bytes, then), RETRY_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                then.run();
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
        public void describe(String what) {
            inner.describe(what);
        }
    }
}
