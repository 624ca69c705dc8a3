package dev.oriel.session.files;

import dev.oriel.files.FileIndex;
import dev.oriel.files.GitRepository;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The indexes of all folders whose files clients search for. Each is listed when it is first
/// needed, by one thread that ends when it has nothing to do. The total size is bounded: the
/// folders that were not searched for the longest time are dropped, and all of them when they are
/// idle.
///
/// Any thread.
public final class FileIndexes {
    /// The largest number of paths of one folder.
    static final int MAX_PATHS = 200_000;

    /// The largest number of paths of all folders. One takes about 120 bytes.
    private static final int MAX_ALL_PATHS = 400_000;

    private static final int MAX_FOLDERS = 16;

    /// A folder is dropped this long after the last query.
    static final long IDLE = TimeUnit.MINUTES.toNanos(10);

    private final int maxPaths;
    private final @Nullable Path userRules;
    private final Executor background;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private final Map<Path, FolderFiles> folders = new HashMap<>();
    private boolean dropScheduled;

    /// @param timer drops what is idle
    public FileIndexes(ScheduledExecutorService timer) {
        this(MAX_PATHS, GitRepository.userRules(), backgroundThread(), timer, System::nanoTime);
    }

    /// @param maxPaths the largest number of paths of one folder
    /// @param userRules the user's own file of ignored patterns; null for none
    /// @param background lists folders
    FileIndexes(
            int maxPaths,
            @Nullable Path userRules,
            Executor background,
            ScheduledExecutorService timer,
            LongSupplier nanoTime) {
        this.maxPaths = maxPaths;
        this.userRules = userRules;
        this.background = background;
        this.timer = timer;
        this.nanoTime = nanoTime;
    }

    private static Executor backgroundThread() {
        var executor =
                new ThreadPoolExecutor(
                        1,
                        1,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> Thread.ofPlatform().daemon().name("file-index").unstarted(task));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /// What is known of the files that match.
    ///
    /// @param files best first
    /// @param indexing whether the folder is still being listed for the first time
    /// @param incomplete whether the folder has more files than are listed
    public record Result(List<FileIndex.Found> files, boolean indexing, boolean incomplete) {}

    /// Finds files and folders in a folder.
    ///
    /// @param folder its real path
    /// @param query see [FileIndex#find]
    /// @param limit the largest number of results
    /// @param waitMillis how long to wait for a listing that is under way
    public Result find(Path folder, String query, int limit, long waitMillis)
            throws InterruptedException {
        FolderFiles.State state = files(folder).get(waitMillis);
        List<FileIndex.Found> found = state.index().find(query, limit);
        dropSurplus();
        return new Result(
                found, state.indexing(), !state.indexing() && state.index().isIncomplete());
    }

    private synchronized FolderFiles files(Path folder) {
        FolderFiles known = folders.get(folder);
        if (known == null) {
            known = new FolderFiles(folder, maxPaths, userRules, background, nanoTime);
            folders.put(folder, known);
        }
        if (!dropScheduled) {
            scheduleDrop(IDLE);
        }
        return known;
    }

    // Called with the lock.
    private void scheduleDrop(long nanos) {
        dropScheduled = true;
        timer.schedule(this::dropIdle, nanos, TimeUnit.NANOSECONDS);
    }

    /// Drops the folders that were not searched lately. As long as some are left, runs again.
    private synchronized void dropIdle() {
        long now = nanoTime.getAsLong();
        folders.values().removeIf(f -> !f.isListing() && now - f.usedAt() >= IDLE);
        dropScheduled = false;
        folders.values().stream()
                .mapToLong(f -> Math.max(IDLE / 10, IDLE - (now - f.usedAt())))
                .min()
                .ifPresent(this::scheduleDrop);
    }

    /// Drops the folders that were not searched for the longest time, until the rest is small
    /// enough.
    private synchronized void dropSurplus() {
        while (folders.size() > 1
                && (folders.size() > MAX_FOLDERS
                        || folders.values().stream().mapToInt(FolderFiles::size).sum()
                                > MAX_ALL_PATHS)) {
            Path oldest =
                    Objects.requireNonNull(
                            folders.entrySet().stream()
                                    .min(Comparator.comparingLong(e -> e.getValue().usedAt()))
                                    .orElseThrow()
                                    .getKey());
            Objects.requireNonNull(folders.remove(oldest)).drop();
        }
    }

    /// The number of folders that are kept.
    synchronized int folders() {
        return folders.size();
    }
}
