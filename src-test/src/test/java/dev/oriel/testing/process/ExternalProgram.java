package dev.oriel.testing.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs an installed program and waits for its exit.
public final class ExternalProgram {
    private static final long TIMEOUT_SECONDS = 60;

    private ExternalProgram() {}

    /// The result of a run.
    ///
    /// @param out standard output and standard error, interleaved
    public record Result(int code, String out) {}

    /// @param line the program and its arguments
    /// @param input the text for standard input
    /// @return empty if the program is not installed
    public static Optional<Result> run(List<String> line, String input)
            throws IOException, InterruptedException {
        return run(line, input, true);
    }

    /// Runs a program whose standard input stays open, for programs that exit at the end of their
    /// input.
    public static Optional<Result> runWithOpenInput(List<String> line)
            throws IOException, InterruptedException {
        return run(line, "", false);
    }

    private static Optional<Result> run(List<String> line, String input, boolean endInput)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("program", ".out");
        Process process = null;
        try {
            process =
                    new ProcessBuilder(line)
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile())
                            .start();
            if (endInput) {
                try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
                    stdin.write(input);
                }
            }
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + Files.readString(out));
            }
            return Optional.of(new Result(process.exitValue(), Files.readString(out)));
        } catch (IOException e) {
            if (process == null) {
                return Optional.empty();
            }
            throw e;
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
            Files.delete(out);
        }
    }
}
