package dev.oriel.session.files;

import dev.oriel.files.FileIndex;
import dev.oriel.files.FolderWalk;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The index of one folder: listed in the background when it is first needed, and again when a
/// query comes and it is old. Any thread.
final class FolderFiles {
    /// An index that is younger is current.
    private static final long CURRENT = TimeUnit.SECONDS.toNanos(2);

    /// Listing a folder takes at most this share of the time during which it is queried.
    private static final int SHARE = 10;

    private final Path folder;
    private final int limit;
    private final @Nullable Path userRules;
    private final Executor background;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private FileIndex index = FileIndex.EMPTY;
    private boolean complete;
    private boolean listing;
    private boolean dropped;
    private long listedAt;
    private long duration;
    private long usedAt;

    FolderFiles(
            Path folder,
            int limit,
            @Nullable Path userRules,
            Executor background,
            LongSupplier nanoTime) {
        this.folder = folder;
        this.limit = limit;
        this.userRules = userRules;
        this.background = background;
        this.nanoTime = nanoTime;
        this.usedAt = nanoTime.getAsLong();
    }

    /// The index as far as it is known, and whether it will become larger.
    record State(FileIndex index, boolean indexing) {}

    /// Returns the index. If it is old, it is listed again first, for at most as long as the caller
    /// waits.
    ///
    /// @param waitMillis how long the caller waits
    synchronized State get(long waitMillis) throws InterruptedException {
        usedAt = nanoTime.getAsLong();
        if (!listing && isOld()) {
            start();
        }
        // An old index that is complete is better than a late one, unless it is replaced soon.
        long patience =
                complete
                        ? Math.min(waitMillis, TimeUnit.NANOSECONDS.toMillis(2 * duration))
                        : waitMillis;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience);
        while (listing && !dropped) {
            long remaining = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (remaining <= 0) {
                break;
            }
            wait(remaining);
        }
        return new State(index, listing && !complete);
    }

    // Called with the lock.
    private boolean isOld() {
        long age = nanoTime.getAsLong() - listedAt;
        return !complete || age > Math.max(CURRENT, SHARE * duration);
    }

    // Called with the lock.
    private void start() {
        listing = true;
        try {
            background.execute(this::list);
        } catch (RejectedExecutionException e) {
            listing = false;
        }
    }

    private void list() {
        if (isDropped()) {
            return;
        }
        long begin = nanoTime.getAsLong();
        FileIndex listed = null;
        try {
            FolderWalk walk = new FolderWalk(folder, limit, userRules, nanoTime);
            List<String> paths = walk.run(this::publish);
            listed = new FileIndex(paths, walk.isIncomplete());
        } finally {
            finish(begin, listed);
        }
    }

    /// @param listed null if the folder could not be listed because of a fault
    private synchronized void finish(long begin, @Nullable FileIndex listed) {
        index = listed == null ? index : listed;
        complete = true;
        listing = false;
        listedAt = nanoTime.getAsLong();
        duration = listedAt - begin;
        notifyAll();
    }

    /// Makes known what was found so far, unless there is a complete index.
    private void publish(List<String> paths) {
        FileIndex partial = new FileIndex(paths, true);
        synchronized (this) {
            if (!complete) {
                index = partial;
            }
        }
    }

    /// Nobody will ask for the index again: a listing that has not begun never does, and who waits
    /// for it is told that the folder is still being listed.
    synchronized void drop() {
        dropped = true;
        notifyAll();
    }

    private synchronized boolean isDropped() {
        return dropped;
    }

    /// The number of paths that are kept.
    synchronized int size() {
        return index.size();
    }

    /// When the last query came, as the clock tells.
    synchronized long usedAt() {
        return usedAt;
    }

    synchronized boolean isListing() {
        return listing;
    }
}
