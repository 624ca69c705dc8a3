package dev.oriel.session.state;

import java.util.Collection;
import java.util.Set;

/// The ids of the tasks that the session's agent runs, in the background or not. Written on the
/// lane, read by any thread.
public final class RunningTasks {
    private volatile Set<String> ids = Set.of();

    /// @return immutable
    public Set<String> ids() {
        return ids;
    }

    /// Replaces all.
    public void set(Collection<String> running) {
        ids = Set.copyOf(running);
    }
}
