package dev.oriel.testing.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs a program of this machine to its end.
public final class ExternalProgram {
    private static final long PATIENCE_SECONDS = 60;

    private ExternalProgram() {}

    /// How it ended.
    ///
    /// @param out standard output and standard error, as they came
    public record Result(int code, String out) {}

    /// @param line the program and its arguments
    /// @param input what a person types
    /// @return empty if there is no such program
    public static Optional<Result> run(List<String> line, String input)
            throws IOException, InterruptedException {
        return run(line, input, true);
    }

    /// The same, for one that takes the end of its input for a wish to end.
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
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end: " + Files.readString(out));
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
