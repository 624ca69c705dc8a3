package dev.oriel.agent.cli.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// One running CLI process with its three pipes. Any thread.
public final class CliProcess {
    // What a process wrote before it died is read at once; this is for a machine under load.
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Process process;
    private final OrphanCommands orphans;
    private final AbandonableInputStream output;
    private final StdinWriter input;
    private final StderrTail lastWords;

    private CliProcess(Process process, OrphanCommands orphans, Consumer<List<String>> muttered) {
        String name = "oriel-cli-" + process.pid();
        this.process = process;
        this.orphans = orphans;
        this.output = new AbandonableInputStream(process.getInputStream());
        this.input = new StdinWriter(process.getOutputStream(), name + "-in");
        this.lastWords = new StderrTail(process.getErrorStream(), name + "-err", muttered);
    }

    /// @param muttered takes the lines of standard error, on a thread of the process
    /// @throws IOException if it cannot be started
    public static CliProcess start(
            List<String> command,
            Path cwd,
            Map<String, String> environment,
            Consumer<List<String>> muttered)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(cwd.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        OrphanCommands orphans = new OrphanCommands();
        orphans.mark(builder.environment());
        return new CliProcess(builder.start(), orphans, muttered);
    }

    AbandonableInputStream output() {
        return output;
    }

    /// A process that has stopped reading for so long that nothing fits any more is of no use: it
    /// is ended.
    void send(byte[] line) {
        if (!input.send(line)) {
            kill();
        }
    }

    void closeInput() {
        input.end();
    }

    /// SIGTERM where there are signals: the CLI then ends its running commands as well.
    void terminate() {
        process.destroy();
    }

    /// SIGKILL, for it and everything it has started: a killed CLI would leave its running command
    /// behind.
    void kill() {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroyForcibly();
        for (ProcessHandle each : family) {
            each.descendants().forEach(ProcessHandle::destroyForcibly);
            each.destroyForcibly();
        }
    }

    /// Kills what it has left running, if it was started since then.
    void killOrphans(Instant since) {
        orphans.killStartedSince(since);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    boolean waitFor(Duration patience) {
        try {
            return process.waitFor(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /// Waits for the exit code.
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

    List<String> stderrTail() {
        return lastWords.awaitLines(LAST_WORDS);
    }
}
