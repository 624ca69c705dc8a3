package dev.oriel.agent.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// One running CLI process with its three pipes. Any thread.
final class CliProcess {
    // What a process wrote before it died is read at once; this is for a machine under load.
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Process process;
    private final Orphans orphans;
    private final ProcessOutput output;
    private final StdinWriter input;
    private final LastWords lastWords;

    private CliProcess(Process process, Orphans orphans, Consumer<List<String>> muttered) {
        String name = "oriel-cli-" + process.pid();
        this.process = process;
        this.orphans = orphans;
        this.output = new ProcessOutput(process.getInputStream());
        this.input = new StdinWriter(process.getOutputStream(), name + "-in");
        this.lastWords = new LastWords(process.getErrorStream(), name + "-err", muttered);
    }

    /// @param muttered takes the lines of standard error, on a thread of the process
    /// @throws IOException if it cannot be started
    static CliProcess start(
            List<String> command,
            Path cwd,
            Map<String, String> environment,
            Consumer<List<String>> muttered)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(cwd.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Orphans orphans = new Orphans();
        orphans.mark(builder.environment());
        return new CliProcess(builder.start(), orphans, muttered);
    }

    ProcessOutput output() {
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

    long pid() {
        return process.pid();
    }

    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    boolean exitsWithin(Duration patience) {
        try {
            return process.waitFor(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /// Waits for the exit code.
    int exitCode() {
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

    List<String> lastWords() {
        return lastWords.linesAtTheEnd(LAST_WORDS);
    }
}
