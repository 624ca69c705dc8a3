package dev.oriel.agent.cli;

import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.agent.cli.protocol.CliAgent;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The agents that run, so that none outlives Oriel. Any thread.
final class RunningAgents {
    /// Starts an agent that tells when it is gone.
    interface AgentStarter {
        CliAgent start(Consumer<CliAgent> gone) throws IOException;
    }

    /// For a program that ends without closing: less than what a system gives a program that shuts
    /// down.
    private static final Duration AT_SHUTDOWN = Duration.ofMillis(3_500);

    private final Set<CliAgent> agents = new HashSet<>();
    private final Thread hook = new Thread(() -> end(AT_SHUTDOWN), "oriel-cli-shutdown");
    private boolean closed;

    RunningAgents() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    synchronized CliAgent start(AgentStarter birth) throws IOException, AgentUnavailableException {
        if (closed) {
            throw new AgentUnavailableException("The server is shutting down.");
        }
        CliAgent agent = birth.start(this::remove);
        agents.add(agent);
        return agent;
    }

    private synchronized void remove(CliAgent agent) {
        agents.remove(agent);
        notifyAll();
    }

    private synchronized List<CliAgent> all() {
        return List.copyOf(agents);
    }

    /// Ends all in good order, and by force whoever is still there after `patience`.
    void close(Duration patience) {
        end(patience);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program ends already, and the hook runs or has run.
        }
    }

    private void end(Duration patience) {
        synchronized (this) {
            closed = true;
        }
        all().forEach(CliAgent::close);
        awaitNone(patience);
        all().forEach(CliAgent::kill);
    }

    private synchronized void awaitNone(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!agents.isEmpty()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
