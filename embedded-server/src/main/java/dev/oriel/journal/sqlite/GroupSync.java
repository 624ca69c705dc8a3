package dev.oriel.journal.sqlite;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Makes what was committed survive a power cut too, by forcing the write-ahead log to the disk:
/// for everybody who asks while another is being served, once.
///
/// A commit itself leaves its pages to the kernel, which survives the process but not the machine.
/// Forcing takes milliseconds, so it is done outside of the writer's turn, and only where somebody
/// was promised something. Any thread.
final class GroupSync {
    private final SyncAction forcing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    private long asked; // guarded by lock
    private long forced; // guarded by lock: of those who asked, so many are served
    private long lost; // guarded by lock: the last of those whose forcing failed
    private boolean busy; // guarded by lock

    GroupSync(SyncAction forcing) {
        this.forcing = forcing;
    }

    /// Returns when all that was committed before the call is on the disk.
    ///
    /// @throws IOException if that is not certain; a kernel that could not write may have let go of
    ///   the pages, so it is not tried again for those who waited
    void sync() throws IOException {
        lock.lock();
        try {
            long mine = ++asked;
            while (forced < mine) {
                if (busy) {
                    over.awaitUninterruptibly();
                } else {
                    force();
                }
            }
            if (mine <= lost) {
                throw new IOException("the log could not be forced to the disk");
            }
        } finally {
            lock.unlock();
        }
    }

    /// How many wait now.
    long pending() {
        lock.lock();
        try {
            return asked - forced;
        } finally {
            lock.unlock();
        }
    }

    /// For all who have asked by now. Under the lock, which is given back meanwhile.
    private void force() {
        busy = true;
        long all = asked;
        boolean done = false;
        lock.unlock();
        try {
            forcing.sync();
            done = true;
        } catch (IOException e) {
            // Told to everybody who waits.
        } finally {
            lock.lock();
            busy = false;
            forced = all;
            if (!done) {
                lost = all;
            }
            over.signalAll();
        }
    }

    /// Forces a file to the disk.
    @FunctionalInterface
    interface SyncAction {
        void sync() throws IOException;
    }
}
