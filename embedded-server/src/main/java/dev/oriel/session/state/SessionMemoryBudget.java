package dev.oriel.session.state;

import dev.oriel.session.tools.ClientTools;
import java.util.concurrent.atomic.AtomicLong;

/// What all open sessions together may keep in memory of what their clients have left with them:
/// prompts that wait, with what they are to run with, and changes of how the agent works. Any
/// thread.
public final class SessionMemoryBudget implements ClientTools.MemoryBudget {
    /// What waits is held in several forms: as it came, as objects, and in what clients are shown
    /// of a queue.
    private static final int SHARE_OF_HEAP = 16;

    /// For something so small a part of the whole there is as much room again, so that a few large
    /// prompts do not keep everybody from saying a word.
    private static final int SMALL_PART = 256;

    private final long most;
    private final AtomicLong used = new AtomicLong();

    /// @param most bytes
    SessionMemoryBudget(long most) {
        this.most = most;
    }

    /// A 16th of the heap.
    public static SessionMemoryBudget ofHeap() {
        return new SessionMemoryBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    boolean hasRoomFor(long bytes) {
        return used.get() + bytes - (bytes <= most / SMALL_PART ? most : 0) <= most;
    }

    /// What a session has read from the journal counts too, whether there is room for it or not.
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

    long used() {
        return used.get();
    }
}
