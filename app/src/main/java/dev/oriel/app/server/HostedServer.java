package dev.oriel.app.server;

import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The window's own server, which can be started and stopped repeatedly. The process starts it
/// before the window exists; a later [#start()] by the window returns the same result.
///
/// Thread-safe. Blocking work runs on the background executor, except in [#close()].
public final class HostedServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostedServer.class);

    private final ServerLauncher launcher;
    private final int preferredPort;
    private final Executor background;

    // Guarded by this.
    private @Nullable CompletableFuture<ServerState> outcome;

    private volatile ServerLauncher.@Nullable Running running;

    /// @param preferredPort another port is used if this one is in use; 0 for any free port
    /// @param background a single thread, so that starts and stops are executed in order
    public HostedServer(ServerLauncher launcher, int preferredPort, Executor background) {
        this.launcher = launcher;
        this.preferredPort = preferredPort;
        this.background = background;
    }

    /// Starts the server, unless it is running or starting.
    ///
    /// @return completes with [ServerState.Listening] or [ServerState.Failed]; never fails
    public synchronized CompletableFuture<ServerState> start() {
        CompletableFuture<ServerState> last = outcome;
        if (last == null || (last.isDone() && last.resultNow() instanceof ServerState.Failed)) {
            last =
                    CompletableFuture.supplyAsync(this::launch, background)
                            .exceptionally(HostedServer::failed);
            outcome = last;
        }
        return last;
    }

    private ServerState launch() {
        try {
            try {
                return listening(launcher.start(preferredPort), false);
            } catch (BindException taken) {
                if (preferredPort == 0) {
                    throw taken;
                }
                return listening(launcher.start(0), true);
            }
        } catch (IOException e) {
            return new ServerState.Failed(String.valueOf(e.getMessage()));
        }
    }

    private static ServerState failed(Throwable bug) {
        LOG.error("Cannot start the server", bug);
        return new ServerState.Failed("The server could not be started: " + bug.getMessage());
    }

    private ServerState listening(ServerLauncher.Running started, boolean preferredPortTaken) {
        running = started;
        return new ServerState.Listening(started.port(), preferredPortTaken);
    }

    /// Stops the server and its agents in the background.
    ///
    /// @return whether it was running
    synchronized boolean stop() {
        ServerLauncher.Running current = running;
        if (current == null) {
            return false;
        }
        running = null;
        outcome = null;
        background.execute(current::close);
        return true;
    }

    /// The running server; null if it is not running.
    ServerLauncher.@Nullable Running running() {
        return running;
    }

    /// The display names of the sessions with a running turn.
    List<String> busySessions() {
        ServerLauncher.Running current = running;
        return current == null ? List.of() : current.busySessions();
    }

    /// The number of connections, including those of this window; 0 if the server is not running.
    CompletableFuture<Integer> clients() {
        ServerLauncher.Running current = running;
        return current == null
                ? CompletableFuture.completedFuture(0)
                : CompletableFuture.supplyAsync(current::clients, background);
    }

    /// Stops the server and blocks until it has stopped. Waits for a pending start first, so that
    /// no server keeps running.
    @Override
    public void close() {
        CompletableFuture<ServerState> last;
        synchronized (this) {
            last = outcome;
            outcome = null;
        }
        if (last != null) {
            last.join();
        }
        ServerLauncher.Running current = running;
        running = null;
        if (current != null) {
            current.close();
        }
    }
}
