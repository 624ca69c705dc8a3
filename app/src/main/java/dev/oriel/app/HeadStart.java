package dev.oriel.app;

import dev.oriel.app.desktop.Doorbell;
import dev.oriel.log.LogFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What a start does while JavaFX loads, which takes as long: it hangs the bell, lays the
/// [Groundwork] and starts the server, on a thread of its own.
///
/// Safe for any thread.
final class HeadStart {
    private final AppPaths paths;
    private final List<String> words;
    private final CompletableFuture<Wiring> window = new CompletableFuture<>();
    private final CompletableFuture<Optional<Groundwork>> ground;

    /// Written before the ground is laid.
    private Optional<Doorbell> bell = Optional.empty();

    /// @param words what the program was started with
    HeadStart(AppPaths paths, LaunchOptions options, List<String> words) {
        this.paths = paths;
        this.words = words;
        ground =
                CompletableFuture.supplyAsync(
                        () -> taken(options),
                        work -> Thread.ofPlatform().daemon().name("oriel-head-start").start(work));
    }

    private Optional<Groundwork> taken(LaunchOptions options) {
        LogFormat.useForAll();
        bell = Doorbell.hang(paths.state(), this::rung);
        if (bell.isEmpty() && Doorbell.ring(paths.state(), words)) {
            return Optional.empty();
        }
        Groundwork laid = Groundwork.lay(paths, options, Outside.ofSystem());
        // JavaFX ends nothing when the system ends the process.
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().name("oriel-end").unstarted(laid.shutdown()::run));
        laid.server().start();
        return Optional.of(laid);
    }

    /// On the bell's thread. What is asked before the window is open waits for it.
    private boolean rung(List<String> further) {
        Optional<Opening> asked = OrielCommand.heard(further.toArray(String[]::new));
        asked.ifPresent(opening -> window.thenAccept(w -> w.post(() -> w.comeToFront(opening))));
        return asked.isPresent();
    }

    /// Waits until it is done.
    ///
    /// @return empty if two were started at the same time and the other one was first: it does what
    ///   was asked of this one
    Optional<Groundwork> ground() {
        return ground.join();
    }

    /// The window is open. From here on, its end begins with the bell: who rings at a window that
    /// ends would not be heard.
    void opened(Wiring wiring) {
        bell.ifPresent(wiring::endsFirst);
        window.complete(wiring);
    }
}
