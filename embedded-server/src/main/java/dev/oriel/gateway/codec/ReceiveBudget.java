package dev.oriel.gateway.codec;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// The memory that all connections together may use for messages that are still arriving or wait to
/// be handled. Small messages are not counted: the number of connections limits them. Any thread.
public final class ReceiveBudget {
    private static final int SHARE_OF_HEAP = 8;
    private static final int LARGE = 1024 * 1024;

    private final long max;
    private final ReentrantLock large = new ReentrantLock();
    private final AtomicLong used = new AtomicLong();

    public ReceiveBudget(long max) {
        this.max = max;
    }

    /// An eighth of the heap: a text may need twice its size on the wire.
    public static ReceiveBudget defaults() {
        return new ReceiveBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /// Reserves memory.
    ///
    /// @return false if not enough is left; nothing is reserved then
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

    /// Handles a message. Only one large message is handled at a time, because parsing one costs
    /// several times its size.
    ///
    /// @param bytes size of the message
    public void handle(int bytes, Runnable act) {
        if (bytes <= LARGE) {
            act.run();
            return;
        }
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
