package dev.oriel.journal.sqlite;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Forces the write-ahead log to the disk, once for all callers that arrive during the previous
/// call (group commit). Afterwards all commits survive a power cut.
///
/// A commit alone leaves its pages to the operating system, so that they survive the process but
/// not the machine. Forcing takes milliseconds. It is therefore done outside of the writer's
/// transactions, and only for commits that must be durable. Any thread.
final class GroupSync {
    private final SyncAction action;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition done = lock.newCondition();
    private long requested; // guarded by lock: the number of the last caller
    private long completed; // guarded by lock: the number of the last caller that is served
    private long failed; // guarded by lock: the number of the last caller whose sync failed
    private boolean running; // guarded by lock

    GroupSync(SyncAction action) {
        this.action = action;
    }

    /// Returns when everything that was committed before the call is on the disk.
    ///
    /// @throws IOException if that is not certain. A kernel that failed to write can discard the
    ///   pages, so the operation is not retried for the same callers
    void sync() throws IOException {
        lock.lock();
        try {
            long ticket = ++requested;
            while (completed < ticket) {
                if (running) {
                    done.awaitUninterruptibly();
                } else {
                    force();
                }
            }
            if (ticket <= failed) {
                throw new IOException("the log could not be forced to the disk");
            }
        } finally {
            lock.unlock();
        }
    }

    /// The number of callers that are waiting.
    long pending() {
        lock.lock();
        try {
            return requested - completed;
        } finally {
            lock.unlock();
        }
    }

    /// Forces the log for all callers so far. Called with the lock held; releases it meanwhile.
    private void force() {
        running = true;
        long all = requested;
        boolean succeeded = false;
        lock.unlock();
        try {
            action.sync();
            succeeded = true;
        } catch (IOException e) {
            // Each waiting caller throws an exception.
        } finally {
            lock.lock();
            running = false;
            completed = all;
            if (!succeeded) {
                failed = all;
            }
            done.signalAll();
        }
    }

    /// Forces the log to the disk.
    @FunctionalInterface
    interface SyncAction {
        void sync() throws IOException;
    }
}
