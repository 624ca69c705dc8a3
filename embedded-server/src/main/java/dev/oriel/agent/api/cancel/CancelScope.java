package dev.oriel.agent.api.cancel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

/// The cancellation of one turn, or of a part of it. Work registers actions that end it, for
/// example closing a stream; [#cancel] runs them once, newest first, on the caller's thread.
/// Thread-safe.
public final class CancelScope {
    private final Set<Entry> actions = new LinkedHashSet<>(); // guarded by this
    private boolean cancelled; // guarded by this

    /// Cancels the scope. Further calls do nothing.
    public void cancel() {
        List<Entry> due;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            due = new ArrayList<>(actions).reversed();
            actions.clear();
        }
        RuntimeException failure = null;
        for (Entry entry : due) {
            try {
                entry.action.run();
            } catch (RuntimeException e) { // the others must still run
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /// @throws CancellationException if the scope is cancelled
    public void check() {
        if (isCancelled()) {
            throw new CancellationException();
        }
    }

    /// Registers what ends a piece of work. Runs it at once if the scope is already cancelled. The
    /// action must be quick and idempotent.
    ///
    /// @return removes the action again; call it when the work has ended
    public Registration onCancel(Runnable action) {
        Entry entry = new Entry(action);
        synchronized (this) {
            if (!cancelled) {
                actions.add(entry);
                return () -> remove(entry);
            }
        }
        action.run();
        return () -> {};
    }

    /// A scope that is cancelled with this one, and can be cancelled alone.
    public CancelScope child() {
        CancelScope child = new CancelScope();
        onCancel(child::cancel);
        return child;
    }

    private synchronized void remove(Entry entry) {
        actions.remove(entry);
    }

    /// An action, equal only to itself: two registrations may have the same one.
    private static final class Entry {
        private final Runnable action;

        Entry(Runnable action) {
            this.action = action;
        }
    }

    /// A registered action.
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        /// Removes the action.
        @Override
        void close();
    }
}
