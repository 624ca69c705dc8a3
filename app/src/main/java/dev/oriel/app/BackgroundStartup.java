package dev.oriel.app;

import dev.oriel.app.desktop.SingleInstance;
import dev.oriel.log.LogFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What a start does while JavaFX loads, which takes as long: it hangs the bell, lays the
/// [AppContext] and starts the server, on a thread of its own.
///
/// Safe for any thread.
final class BackgroundStartup {
    private final AppPaths paths;
    private final List<String> arguments;
    private final CompletableFuture<Wiring> window = new CompletableFuture<>();
    private final CompletableFuture<Optional<AppContext>> context;

    /// Written before the ground is laid.
    private Optional<SingleInstance> instance = Optional.empty();

    /// @param words what the program was started with
    BackgroundStartup(AppPaths paths, LaunchOptions options, List<String> words) {
        this.paths = paths;
        this.arguments = words;
        context =
                CompletableFuture.supplyAsync(
                        () -> start(options),
                        work -> Thread.ofPlatform().daemon().name("oriel-head-start").start(work));
    }

    private Optional<AppContext> start(LaunchOptions options) {
        LogFormat.useForAll();
        instance = SingleInstance.acquire(paths.state(), this::onSignal);
        if (instance.isEmpty() && SingleInstance.signal(paths.state(), arguments)) {
            return Optional.empty();
        }
        AppContext laid = AppContext.create(paths, options, SystemServices.ofSystem());
        // JavaFX ends nothing when the system ends the process.
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().name("oriel-end").unstarted(laid.shutdown()::run));
        laid.server().start();
        return Optional.of(laid);
    }

    /// On the bell's thread. What is asked before the window is open waits for it.
    private boolean onSignal(List<String> further) {
        Optional<StartupAction> asked = OrielCommand.parseForwarded(further.toArray(String[]::new));
        asked.ifPresent(opening -> window.thenAccept(w -> w.post(() -> w.bringToFront(opening))));
        return asked.isPresent();
    }

    /// Waits until it is done.
    ///
    /// @return empty if two were started at the same time and the other one was first: it does what
    ///   was asked of this one
    Optional<AppContext> context() {
        return context.join();
    }

    /// The window is open. From here on, its end begins with the bell: who rings at a window that
    /// ends would not be heard.
    void onWindowOpened(Wiring wiring) {
        instance.ifPresent(wiring::closeFirst);
        window.complete(wiring);
    }
}
