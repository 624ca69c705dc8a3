package dev.oriel.dialect;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The memory that may wait to be sent to all clients together. Each may have its own share of it
/// waiting; when they have used up all of it, nobody is given more before some of it has been sent,
/// or those who do not read have been closed. Any thread.
public final class SendBudget {
    /// From so many bytes on a client counts as slow. Large enough for bursts, small enough for
    /// many clients.
    private static final long EACH = 1024 * 1024;

    private static final long LEAST = 32L * 1024 * 1024;
    private static final int SHARE_OF_HEAP = 4;
    private static final long COUNTED_EVERY = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long RETRY_MILLIS = 100;

    private final long most;
    private final ScheduledExecutorService timer;
    private final Set<Guarded> peers = Collections.newSetFromMap(new WeakHashMap<>()); // guarded by
    // itself
    private volatile boolean spent;
    private volatile long countedAt = System.nanoTime() - COUNTED_EVERY;

    /// @param most bytes
    /// @param timer its tasks are short
    public SendBudget(long most, ScheduledExecutorService timer) {
        this.most = most;
        this.timer = timer;
    }

    /// A quarter of the heap.
    public static SendBudget standard(ScheduledExecutorService timer) {
        return new SendBudget(
                Math.max(LEAST, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP), timer);
    }

    /// The peer, as one of those that share the budget.
    public Peer share(Peer peer) {
        var guarded = new Guarded(peer);
        synchronized (peers) {
            peers.add(guarded);
        }
        return guarded;
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
        long sum = 0;
        synchronized (peers) {
            for (Guarded each : peers) {
                sum += each.queued();
            }
        }
        return sum;
    }

    private final class Guarded implements Peer {
        private final Peer inner;

        Guarded(Peer inner) {
            this.inner = inner;
        }

        @Override
        public void send(TextFrames frames) {
            inner.send(frames);
        }

        @Override
        public long queued() {
            return inner.queued();
        }

        @Override
        public long mayWait() {
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
        public void admitted() {
            inner.admitted();
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
