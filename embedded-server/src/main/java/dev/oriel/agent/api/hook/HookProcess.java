package dev.oriel.agent.api.hook;

import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.tool.shell.ProcessTree;
import dev.oriel.agent.api.tool.shell.ShellEnvironment;
import dev.oriel.platform.OperatingSystem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/// Runs the command of a hook. It is ended, with everything that it has started, when it takes too
/// long or when the turn is interrupted.
final class HookProcess {
    /// The most of each output that is kept, in bytes; the rest is read and dropped.
    static final int MAX_OUTPUT = 1024 * 1024;

    /// How long a process that the hook has left behind may keep the output open.
    private static final Duration LEFT_BEHIND = Duration.ofMillis(500);

    private HookProcess() {}

    /// @param exitCode valid unless it was ended
    /// @param isTimedOut whether it was ended because it took too long
    record Result(int exitCode, String stdout, String stderr, boolean isTimedOut) {}

    /// Runs a command and waits for it.
    ///
    /// @param input for its standard input
    /// @throws IOException if it cannot be started
    /// @throws CancellationException if the scope was cancelled
    static Result run(HookCommand hook, byte[] input, Path folder, CancelScope cancel)
            throws IOException, InterruptedException {
        cancel.check();
        ProcessBuilder builder =
                new ProcessBuilder(shell(hook.command())).directory(folder.toFile());
        Map<String, String> environment = ShellEnvironment.of(System.getenv(), true);
        environment.put("CLAUDE_PROJECT_DIR", folder.toString());
        builder.environment().clear();
        builder.environment().putAll(environment);
        ProcessTree tree = ProcessTree.start(builder, UUID.randomUUID().toString());
        Process process = tree.root();
        Collector stdout = new Collector(process.getInputStream());
        Collector stderr = new Collector(process.getErrorStream());
        Thread writer = daemon("oriel-hook-input", () -> write(process.getOutputStream(), input));
        boolean hasEnded = false;
        try (CancelScope.Registration _ =
                cancel.onCancel(() -> daemon("oriel-hook-end", tree::end))) {
            hasEnded = process.waitFor(hook.timeout().toMillis(), TimeUnit.MILLISECONDS);
            cancel.check();
            boolean isRead = hasEnded && stdout.await(LEFT_BEHIND) && stderr.await(LEFT_BEHIND);
            if (!isRead) {
                tree.end();
            }
        } finally {
            if (!hasEnded) {
                tree.end();
            }
            writer.interrupt();
        }
        return new Result(
                hasEnded ? process.exitValue() : -1, stdout.text(), stderr.text(), !hasEnded);
    }

    private static List<String> shell(String command) {
        return OperatingSystem.current() == OperatingSystem.WINDOWS
                ? List.of("cmd.exe", "/d", "/s", "/c", command)
                : List.of("/bin/sh", "-c", command);
    }

    private static void write(OutputStream to, byte[] input) {
        try (to) {
            to.write(input);
        } catch (IOException _) {
            // The hook does not read it.
        }
    }

    private static Thread daemon(String name, Runnable action) {
        return Thread.ofPlatform().daemon().name(name).start(action);
    }

    /// Reads one output until its end.
    private static final class Collector {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream(); // guarded by itself
        private final Thread thread;

        Collector(InputStream from) {
            thread = daemon("oriel-hook-output", () -> read(from));
        }

        private void read(InputStream from) {
            byte[] buffer = new byte[8192];
            try (from) {
                for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                    synchronized (kept) {
                        kept.write(buffer, 0, Math.min(n, MAX_OUTPUT - kept.size()));
                    }
                }
            } catch (IOException _) {
                // The process was ended.
            }
        }

        /// @return whether the output has ended
        boolean await(Duration patience) throws InterruptedException {
            return thread.join(patience);
        }

        String text() {
            synchronized (kept) {
                return kept.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
