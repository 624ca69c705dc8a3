package dev.oriel.app.server;

import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Our own server as it comes and goes. Whoever is first starts it: the process, before there is a
/// window, and the window then takes that start for its own.
///
/// Safe for any thread. What takes time runs on the background executor, except [#close()].
public final class HostedServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostedServer.class);

    private final ServerLauncher launcher;
    private final int preferredPort;
    private final Executor background;

    // Guarded by this.
    private @Nullable CompletableFuture<ServerState> outcome;

    private volatile ServerLauncher.@Nullable Running running;

    /// @param wantedPort another one is picked where it is taken; 0 for any
    /// @param background one thread: starts and stops follow one another
    public HostedServer(ServerLauncher host, int wantedPort, Executor background) {
        this.launcher = host;
        this.preferredPort = wantedPort;
        this.background = background;
    }

    /// Starts it, unless it runs or is about to.
    ///
    /// @return that it listens, or why it cannot
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
        LOG.error("The server cannot be started", bug);
        return new ServerState.Failed("The server could not be started: " + bug.getMessage());
    }

    private ServerState listening(ServerLauncher.Running started, boolean wantedTaken) {
        running = started;
        return new ServerState.Listening(started.port(), wantedTaken);
    }

    /// Ends it in the background; its agents end with it.
    ///
    /// @return whether it ran
    synchronized boolean stop() {
        ServerLauncher.Running own = running;
        if (own == null) {
            return false;
        }
        running = null;
        outcome = null;
        background.execute(own::close);
        return true;
    }

    /// What runs now; null while nothing does.
    ServerLauncher.@Nullable Running running() {
        return running;
    }

    /// The sessions that an agent works on right now.
    List<String> busySessions() {
        ServerLauncher.Running own = running;
        return own == null ? List.of() : own.busySessions();
    }

    /// How many clients it has, this window included; none if it does not run.
    CompletableFuture<Integer> clients() {
        ServerLauncher.Running own = running;
        return own == null
                ? CompletableFuture.completedFuture(0)
                : CompletableFuture.supplyAsync(own::clients, background);
    }

    /// Ends it, and returns when it has ended; a start that is under way is waited for, so that
    /// nothing is left behind.
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
        ServerLauncher.Running own = running;
        running = null;
        if (own != null) {
            own.close();
        }
    }
}
