package dev.oriel.dialect.sessions;

import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentStatus;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What is known of a kind of agent. Looking may start a process: it is done once for all who ask
/// at the same time, and what was found is good for a while. Any thread; may wait for a look.
final class AgentStatusCache {
    /// An agent that can be used is not gone in a moment.
    private static final long GOOD = Duration.ofSeconds(30).toNanos();

    /// One that cannot be used is being installed, maybe.
    private static final long BAD = Duration.ofSeconds(2).toNanos();

    /// What was found so shortly before somebody asked for a new look is new.
    private static final long NEW = Duration.ofMillis(500).toNanos();

    private final AgentProvider provider;
    private final LongSupplier nanoTime;
    private @Nullable Found last; // guarded by this
    private boolean looking; // guarded by this

    private record Found(AgentStatus status, long begun) {}

    /// @param nanoTime as [System#nanoTime]
    AgentStatusCache(AgentProvider provider, LongSupplier nanoTime) {
        this.provider = provider;
        this.nanoTime = nanoTime;
    }

    AgentProvider provider() {
        return provider;
    }

    /// @param anew whether to look again, for somebody who has just changed something
    AgentStatus get(boolean anew) throws InterruptedException {
        long asked = nanoTime.getAsLong();
        synchronized (this) {
            while (true) {
                Found found = last;
                if (found != null && isGood(found, asked, anew)) {
                    return found.status();
                }
                if (!looking) {
                    looking = true;
                    break;
                }
                wait();
            }
        }
        return look();
    }

    private static boolean isGood(Found found, long asked, boolean anew) {
        long age = asked - found.begun();
        if (anew) {
            return age <= NEW;
        }
        return age <= (found.status() instanceof AgentStatus.Ready ? GOOD : BAD);
    }

    private AgentStatus look() {
        long begun = nanoTime.getAsLong();
        try {
            AgentStatus status = provider.status();
            synchronized (this) {
                last = new Found(status, begun);
            }
            return status;
        } finally {
            synchronized (this) {
                looking = false;
                notifyAll();
            }
        }
    }
}
