package dev.oriel.app;

import dev.oriel.app.desktop.SingleInstance;
import dev.oriel.log.LogFormat;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a start does while JavaFX loads, which takes as long: it acquires the single-instance lock,
/// creates the [AppContext] and starts the server, on a thread of its own.
///
/// Thread-safe.
final class BackgroundStartup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundStartup.class);

    private final AppPaths paths;
    private final List<String> arguments;
    private final CompletableFuture<MainWindow> window = new CompletableFuture<>();
    private final CompletableFuture<Optional<AppContext>> context;

    /// Written before the context is completed.
    private volatile @Nullable SingleInstance instance;

    /// @param arguments of the process
    BackgroundStartup(AppPaths paths, LaunchOptions options, List<String> arguments) {
        this.paths = paths;
        this.arguments = arguments;
        context =
                CompletableFuture.supplyAsync(
                        () -> start(options),
                        work -> Thread.ofPlatform().daemon().name("oriel-startup").start(work));
    }

    private Optional<AppContext> start(LaunchOptions options) {
        LogFormat.useForAll();
        instance = SingleInstance.acquire(paths.state(), this::onSignal).orElse(null);
        if (instance == null && SingleInstance.signal(paths.state(), arguments)) {
            return Optional.empty();
        }
        AppContext created = AppContext.create(paths, options, SystemServices.ofSystem());
        // JavaFX closes nothing when the operating system ends the process.
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("oriel-shutdown").unstarted(this::close));
        created.server().start();
        return Optional.of(created);
    }

    /// Called on the thread of [SingleInstance]. What is requested before the window is open waits
    /// for it.
    private boolean onSignal(List<String> forwarded) {
        Optional<StartupAction> action =
                OrielCommand.parseForwarded(forwarded.toArray(String[]::new));
        action.ifPresent(a -> window.thenAccept(w -> w.post(() -> w.bringToFront(a))));
        return action.isPresent();
    }

    /// Completes when the window can be opened.
    ///
    /// @return empty if two processes were started at the same time and the other one was first: it
    ///   does what this one was started for. Fails if the context could not be created
    CompletionStage<Optional<AppContext>> context() {
        return context.minimalCompletionStage();
    }

    /// The window is open: it can be brought to the front.
    void onWindowOpened(MainWindow opened) {
        window.complete(opened);
    }

    /// The window could not be opened.
    void onWindowFailed(Throwable cause) {
        window.completeExceptionally(cause);
    }

    /// @throws CompletionException if the window could not be opened
    void requireNoFailure() {
        if (window.isCompletedExceptionally()) {
            window.join();
        }
    }

    /// Waits for a startup that is under way, releases the single-instance lock, because a window
    /// that closes handles no signal, and closes the context. Blocks; further calls do nothing.
    ///
    /// @throws CompletionException if the context could not be created
    @Override
    public synchronized void close() {
        context.handle((_, _) -> true).join();
        releaseInstance();
        context.join().ifPresent(AppContext::close);
    }

    private void releaseInstance() {
        SingleInstance acquired = instance;
        instance = null;
        if (acquired != null) {
            try {
                acquired.close();
            } catch (IOException e) {
                LOG.warn("The single-instance lock could not be released", e);
            }
        }
    }
}
