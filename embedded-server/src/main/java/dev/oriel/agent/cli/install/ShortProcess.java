package dev.oriel.agent.cli.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The result of a CLI process that prints a short text and exits (`--version`).
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
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        CompletableFuture<String> out = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .name("oriel-cli-probe")
                .start(() -> out.complete(head(process.getInputStream())));
        try {
            if (process.waitFor(patience)) {
                return Optional.of(
                        new ShortProcess(
                                process.exitValue(),
                                out.completeOnTimeout("", 1, TimeUnit.SECONDS).join()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Optional.empty();
    }

    private static String head(InputStream in) {
        try (in) {
            String head = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return head;
        } catch (IOException e) {
            return "";
        }
    }
}
