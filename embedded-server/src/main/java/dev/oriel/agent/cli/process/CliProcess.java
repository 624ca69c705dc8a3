package dev.oriel.agent.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// One running CLI process with its three pipes. Any thread.
public final class CliProcess implements StdinWriter.Target {
    private final Process process;
    private final OrphanCommands orphans;
    private final AbandonableInputStream stdout;

    private CliProcess(Process process, OrphanCommands orphans) {
        this.process = process;
        this.orphans = orphans;
        this.stdout = new AbandonableInputStream(process.getInputStream());
    }

    /// @param environment the whole environment of the process
    /// @throws IOException if it cannot be started
    public static CliProcess start(List<String> command, Path cwd, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(cwd.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        OrphanCommands orphans = new OrphanCommands();
        orphans.mark(builder.environment());
        return new CliProcess(builder.start(), orphans);
    }

    @Override
    public OutputStream stdin() {
        return process.getOutputStream();
    }

    AbandonableInputStream stdout() {
        return stdout;
    }

    InputStream stderr() {
        return process.getErrorStream();
    }

    /// Sends SIGTERM where there are signals: the CLI then ends its running commands too.
    void terminate() {
        process.destroy();
    }

    /// Sends SIGKILL to the process and to all its descendants: a killed CLI leaves its running
    /// command behind.
    @Override
    public void kill() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        for (ProcessHandle each : descendants) {
            each.descendants().forEach(ProcessHandle::destroyForcibly);
            each.destroyForcibly();
        }
    }

    /// Kills the commands that the process has left running, if they were started since then.
    public void killOrphans(Instant since) {
        orphans.killStartedSince(since);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    public CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /// @return whether the process has ended
    boolean waitFor(Duration patience) {
        try {
            return process.waitFor(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /// Waits until the process has ended, also if the thread is interrupted.
    int waitForExitCode() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
