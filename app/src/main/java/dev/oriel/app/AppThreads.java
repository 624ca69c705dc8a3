package dev.oriel.app;

import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.FxScheduler;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The executors of the window.
///
/// @param fx runs tasks on the JavaFX thread; a task that is posted before JavaFX has started fails
/// @param scheduler runs tasks on the JavaFX thread after a delay
/// @param files one thread that writes files
/// @param server one thread that starts and stops the window's server
/// @param desktop one thread for questions to the operating system
/// @param rendering one thread that renders conversations; drops tasks after its shutdown
/// @param media one thread that decodes images and ends after a while without work; drops tasks
///   after its shutdown
/// @param highlighting one thread that colours code, behind all others, and ends after a while
///   without work; drops tasks after its shutdown
record AppThreads(
        FxLane fx,
        FxScheduler scheduler,
        ScheduledExecutorService files,
        ExecutorService server,
        ExecutorService desktop,
        ExecutorService rendering,
        ExecutorService media,
        ExecutorService highlighting) {

    static AppThreads create() {
        FxLane fx = new FxLane();
        return new AppThreads(
                fx,
                new FxScheduler(fx),
                singleThread("oriel-files"),
                singleThread("oriel-server"),
                singleThread("oriel-desktop"),
                droppingThread("oriel-rendering", false),
                droppingThread("oriel-media", true),
                droppingThread("oriel-highlighting", true));
    }

    private static ExecutorService droppingThread(String name, boolean ends) {
        ThreadPoolExecutor thread =
                new ThreadPoolExecutor(
                        1,
                        1,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name(name).factory(),
                        new ThreadPoolExecutor.DiscardPolicy());
        thread.allowCoreThreadTimeOut(ends);
        return thread;
    }

    private static ScheduledExecutorService singleThread(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    /// Writes what is queued to be written, for at most two seconds.
    void awaitFiles() throws InterruptedException {
        files.shutdown();
        files.awaitTermination(2, TimeUnit.SECONDS);
    }
}
