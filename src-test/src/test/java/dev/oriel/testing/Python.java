package dev.oriel.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A Python on this machine that has a library, to run the example clients with.
public final class Python {
    private static final long PATIENCE_SECONDS = 60;

    /// Debian's own comes second, where another stands before it on the path.
    private static final List<String> INTERPRETERS = List.of("python3", "/usr/bin/python3");

    private final String interpreter;

    /// How a program ended.
    ///
    /// @param out standard output and standard error, as they came
    public record Ended(int code, String out) {}

    private Python(String interpreter) {
        this.interpreter = interpreter;
    }

    /// One that has the library, or the test is skipped and says so.
    public static Python orSkip(String library) throws IOException, InterruptedException {
        for (String each : INTERPRETERS) {
            Optional<Ended> tried = run(List.of(each, "-c", "import " + library), "");
            if (tried.isPresent() && tried.get().code() == 0) {
                return new Python(each);
            }
        }
        assumeTrue(false, "skipped: no python3 that has the library " + library);
        throw new AssertionError("an assumption that is wrong ends the test");
    }

    /// Runs a program to its end.
    ///
    /// @param input what a person types
    public Ended run(Path program, String input, String... args)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(interpreter, program.toString()));
        line.addAll(List.of(args));
        return run(line, input).orElseThrow();
    }

    /// Runs a command to its end.
    ///
    /// @return empty if there is no such interpreter
    static Optional<Ended> run(List<String> line, String input)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("python", ".out");
        Process process = null;
        try {
            process =
                    new ProcessBuilder(line)
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile())
                            .start();
            try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
                stdin.write(input);
            }
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end: " + Files.readString(out));
            }
            return Optional.of(new Ended(process.exitValue(), Files.readString(out)));
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
