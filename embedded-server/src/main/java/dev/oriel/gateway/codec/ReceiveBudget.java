package dev.oriel.gateway.codec;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// What all connections together may keep of messages that are still arriving or wait to be
/// handled. Small ones do not count: their number is bounded by the number of connections.
public final class ReceiveBudget {
    private static final int SHARE_OF_HEAP = 8;

    private final long max;
    private final ReentrantLock large = new ReentrantLock();
    private final AtomicLong used = new AtomicLong();

    public ReceiveBudget(long max) {
        this.max = max;
    }

    /// An eighth of the memory that there is: a text may take twice what it had on the wire.
    public static ReceiveBudget standard() {
        return new ReceiveBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /// @return whether there was as much left
    public boolean tryReserve(long bytes) {
        if (used.addAndGet(bytes) <= max) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    public void release(long bytes) {
        used.addAndGet(-bytes);
    }

    /// Handles a large message while no other large one is handled: taking one apart costs several
    /// times its size.
    public void runExclusively(Runnable act) {
        large.lock();
        try {
            act.run();
        } finally {
            large.unlock();
        }
    }

    long used() {
        return used.get();
    }
}
