package dev.oriel.session;

import java.util.concurrent.atomic.AtomicLong;

/// What all open sessions together may keep in memory of what their clients have left with them:
/// prompts that wait, with what they are to run with, and changes of how the agent works. Any
/// thread.
final class KeptBudget {
    private static final long LEAST = 64L * 1024 * 1024;
    private static final int SHARE_OF_HEAP = 4;

    private final long most;
    private final AtomicLong used = new AtomicLong();

    /// @param most bytes
    KeptBudget(long most) {
        this.most = most;
    }

    /// A quarter of the heap.
    static KeptBudget standard() {
        return new KeptBudget(Math.max(LEAST, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
    }

    boolean hasRoomFor(long bytes) {
        return used.get() + bytes <= most;
    }

    /// What a session has read from the journal counts too, whether there is room for it or not.
    void take(long bytes) {
        used.addAndGet(bytes);
    }

    void give(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
