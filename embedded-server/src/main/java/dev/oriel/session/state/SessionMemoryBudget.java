package dev.oriel.session.state;

import dev.oriel.session.tools.ClientTools;
import java.util.concurrent.atomic.AtomicLong;

/// Limits the memory that all open sessions together use for what clients leave with them: waiting
/// prompts with their settings, saved control requests, and tools. Any thread.
public final class SessionMemoryBudget implements ClientTools.MemoryBudget {
    /// A prompt is held in several forms: as bytes, as objects, and encoded for clients.
    private static final int SHARE_OF_HEAP = 16;

    /// Below this part of the budget the same amount is available again, so that a few large
    /// prompts do not block all small ones.
    private static final int SMALL_PART = 256;

    private final long max;
    private final AtomicLong used = new AtomicLong();

    /// @param max bytes
    public SessionMemoryBudget(long max) {
        this.max = max;
    }

    /// A 16th of the heap.
    public static SessionMemoryBudget ofHeap() {
        return new SessionMemoryBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /// True if that many bytes may be added.
    boolean hasRoomFor(long bytes) {
        return used.get() + bytes - (bytes <= max / SMALL_PART ? max : 0) <= max;
    }

    /// Counts bytes whether or not there is room: what a session reads from the journal must be
    /// held.
    void add(long bytes) {
        used.addAndGet(bytes);
    }

    @Override
    public boolean reserve(long bytes) {
        if (!hasRoomFor(bytes)) {
            return false;
        }
        add(bytes);
        return true;
    }

    @Override
    public void release(long bytes) {
        used.addAndGet(-bytes);
    }

    /// Bytes in use.
    public long used() {
        return used.get();
    }
}
