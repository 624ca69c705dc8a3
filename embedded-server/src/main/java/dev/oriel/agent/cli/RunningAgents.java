package dev.oriel.agent.cli;

import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.agent.cli.protocol.CliAgent;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The agents that run, so that none outlives Oriel. Any thread.
final class RunningAgents {
    interface AgentStarter {
        CliAgent start() throws IOException;
    }

    /// How long agents may take to end if the program ends without [#close]: less than a system
    /// gives a program that shuts down.
    private static final Duration SHUTDOWN_PATIENCE = Duration.ofMillis(3_500);

    private final Set<CliAgent> agents = new HashSet<>(); // guarded by this
    private boolean closed; // guarded by this
    private final Thread hook = new Thread(() -> endAll(SHUTDOWN_PATIENCE), "oriel-cli-shutdown");

    RunningAgents() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Starts an agent, unless all are being ended.
    synchronized CliAgent start(AgentStarter starter)
            throws IOException, AgentUnavailableException {
        if (closed) {
            throw new AgentUnavailableException("The server is shutting down.");
        }
        CliAgent agent = starter.start();
        agents.add(agent);
        agent.exited().thenRun(() -> remove(agent));
        return agent;
    }

    private synchronized void remove(CliAgent agent) {
        agents.remove(agent);
        notifyAll();
    }

    private synchronized List<CliAgent> all() {
        return List.copyOf(agents);
    }

    /// Closes all agents, and kills those that have not ended after `patience`. Blocks until then.
    void close(Duration patience) {
        endAll(patience);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending, and the hook runs or has run.
        }
    }

    private void endAll(Duration patience) {
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
