package dev.oriel.agent.api.tool.shell;

import dev.oriel.platform.OperatingSystem;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A running command. It reads nothing, and writes its output and its error output into one file,
/// so that they are in order, and so that what it leaves running can write on. Thread-safe.
final class ShellProcess {
    /// How much of the output is kept, in bytes: its beginning.
    static final long MOST_OUTPUT = 32L * 1024 * 1024;

    /// Output is cut when it is this much longer, in bytes.
    private static final long SLACK = 8L * 1024 * 1024;

    private static final Duration CHECK_EVERY = Duration.ofMillis(50);

    private static final int KILLED = 137;

    private final ProcessTree tree;
    private final Path output;
    private long cut; // bytes that were removed from the output; guarded by this

    private ShellProcess(ProcessTree tree, Path output) {
        this.tree = tree;
        this.output = output;
    }

    /// @param environment the whole environment
    /// @param output an existing file
    /// @throws IOException if it cannot be started
    static ShellProcess start(
            List<String> command, Path cwd, Map<String, String> environment, Path output)
            throws IOException {
        File nothing =
                new File(
                        OperatingSystem.current() == OperatingSystem.WINDOWS ? "NUL" : "/dev/null");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(cwd.toFile())
                        .redirectInput(nothing)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new ShellProcess(ProcessTree.start(builder, UUID.randomUUID().toString()), output);
    }

    /// Waits until the shell has ended, and meanwhile keeps its output within its limit.
    ///
    /// @return false if it has not ended in time
    boolean waitFor(Duration patience) throws InterruptedException {
        return waitFor(patience, () -> false);
    }

    /// The same, or until something else ends the wait; that is checked every few milliseconds.
    boolean waitFor(Duration patience, BooleanSupplier ends) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            long left = deadline - System.nanoTime();
            long wait = Math.clamp(left, 0, CHECK_EVERY.toNanos());
            boolean hasEnded = tree.root().waitFor(wait, TimeUnit.NANOSECONDS);
            limitOutput();
            if (hasEnded || left <= 0 || ends.getAsBoolean()) {
                return hasEnded;
            }
        }
    }

    /// Valid after the shell has ended; 128 and the signal's number if a signal ended it.
    int exitCode() {
        // A process that waits for a broken disk cannot even be killed.
        return tree.root().isAlive() ? KILLED : tree.root().exitValue();
    }

    /// Whether the shell, or anything that it has started, still runs.
    boolean isAlive() {
        return tree.isAlive();
    }

    /// Ends everything that the command has started. Blocks, at most a few seconds.
    void end() {
        tree.end();
    }

    /// As [#end], on a thread of its own.
    void endSoon() {
        Thread.ofPlatform().daemon().name("oriel-command-end").start(this::end);
    }

    /// The file with the output.
    Path output() {
        return output;
    }

    /// The number of bytes that were written, also those that are not kept.
    long written() {
        return cut() + output.toFile().length();
    }

    private synchronized long cut() {
        return cut;
    }

    /// Cuts the output if it has become too long. The processes write at the end of the file,
    /// wherever that is.
    synchronized void limitOutput() {
        long length = output.toFile().length();
        if (length > MOST_OUTPUT + SLACK) {
            try (FileChannel file = FileChannel.open(output, StandardOpenOption.WRITE)) {
                file.truncate(MOST_OUTPUT);
                cut += length - MOST_OUTPUT;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("the output can be cut", e);
            }
        }
    }
}
