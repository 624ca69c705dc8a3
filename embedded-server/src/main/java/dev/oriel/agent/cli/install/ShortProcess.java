package dev.oriel.agent.cli.install;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The result of a CLI process that prints a short text and exits, such as that of `--version`.
///
/// @param code exit code
/// @param out the first bytes of its standard output, 64 KiB at most
record ShortProcess(int code, String out) {
    private static final int MOST_BYTES = 64 * 1024;

    /// Runs the CLI and waits for its end.
    ///
    /// @return empty if it did not exit in time; it has been killed then
    /// @throws IOException if it cannot be started
    static Optional<ShortProcess> run(
            Path executable, Map<String, String> environment, Duration patience, String... args)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return run(builder, environment, new byte[0], patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Runs a process and waits for its end.
    ///
    /// @param environment all of its environment
    /// @param input all of its standard input; a process that does not read it is no error
    /// @return empty if it did not exit in time; it has been killed then
    /// @throws IOException if it cannot be started
    static Optional<ShortProcess> run(
            ProcessBuilder builder,
            Map<String, String> environment,
            byte[] input,
            Duration patience)
            throws IOException, InterruptedException {
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        CompletableFuture<String> out = new CompletableFuture<>();
        start("oriel-cli-output", () -> out.complete(head(process.getInputStream())));
        // A process that reads nothing would block this thread for longer than it waits.
        start("oriel-cli-input", () -> write(process.getOutputStream(), input));
        try {
            if (process.waitFor(patience)) {
                return Optional.of(
                        new ShortProcess(
                                process.exitValue(),
                                out.completeOnTimeout("", 1, TimeUnit.SECONDS).join()));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Optional.empty();
    }

    private static void start(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).start(task);
    }

    private static void write(OutputStream out, byte[] input) {
        try (out) {
            out.write(input);
        } catch (IOException e) {
            // It has ended, or closed its input. Its exit code and its words tell why.
        }
    }

    private static String head(InputStream in) {
        try (in) {
            String head = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            in.transferTo(OutputStream.nullOutputStream());
            return head;
        } catch (IOException e) {
            return "";
        }
    }
}
