package dev.oriel.dialect.sessions;

import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentStatus;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The status of one kind of agent. Checking it may start a process: concurrent callers share one
/// check, and its result is reused for a while. Any thread; may wait for a check.
final class AgentStatusCache {
    /// How long a status is reused if the agent can be used: it rarely disappears.
    private static final long REUSE_READY = Duration.ofSeconds(30).toNanos();

    /// How long a status is reused if the agent cannot be used: it may be being installed.
    private static final long REUSE_OTHER = Duration.ofSeconds(2).toNanos();

    /// How old a status may be that counts as new.
    private static final long FRESH = Duration.ofMillis(500).toNanos();

    private final AgentProvider provider;
    private final LongSupplier nanoTime;
    private @Nullable Found last; // guarded by this
    private boolean checking; // guarded by this

    private record Found(AgentStatus status, long begun) {}

    /// @param nanoTime as [System#nanoTime]
    AgentStatusCache(AgentProvider provider, LongSupplier nanoTime) {
        this.provider = provider;
        this.nanoTime = nanoTime;
    }

    AgentProvider provider() {
        return provider;
    }

    /// @param refresh whether to check again, for a user who has just changed something
    AgentStatus get(boolean refresh) throws InterruptedException {
        long asked = nanoTime.getAsLong();
        synchronized (this) {
            while (true) {
                Found found = last;
                if (found != null && isGood(found, asked, refresh)) {
                    return found.status();
                }
                if (!checking) {
                    checking = true;
                    break;
                }
                wait();
            }
        }
        return check();
    }

    /// Checks again with the next request.
    synchronized void forget() {
        last = null;
    }

    private static boolean isGood(Found found, long asked, boolean refresh) {
        long age = asked - found.begun();
        if (refresh) {
            return age <= FRESH;
        }
        return age <= (found.status() instanceof AgentStatus.Ready ? REUSE_READY : REUSE_OTHER);
    }

    private AgentStatus check() {
        long begun = nanoTime.getAsLong();
        try {
            AgentStatus status = provider.status();
            synchronized (this) {
                last = new Found(status, begun);
            }
            return status;
        } finally {
            synchronized (this) {
                checking = false;
                notifyAll();
            }
        }
    }
}
