package dev.oriel.testing.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A Python on this machine that has a library, to run the example clients with.
public final class PythonInterpreter {
    /// Debian's own comes second, where another stands before it on the path.
    private static final List<String> INTERPRETERS = List.of("python3", "/usr/bin/python3");

    private final String interpreter;

    private PythonInterpreter(String interpreter) {
        this.interpreter = interpreter;
    }

    /// One that has the library, or the test is skipped and says so.
    public static PythonInterpreter orSkip(String library)
            throws IOException, InterruptedException {
        for (String each : INTERPRETERS) {
            Optional<ExternalProgram.Result> tried =
                    ExternalProgram.run(List.of(each, "-c", "import " + library), "");
            if (tried.isPresent() && tried.get().code() == 0) {
                return new PythonInterpreter(each);
            }
        }
        assumeTrue(false, "skipped: no python3 that has the library " + library);
        throw new AssertionError("an assumption that is wrong ends the test");
    }

    /// Runs a program to its end.
    ///
    /// @param input what a person types
    public ExternalProgram.Result run(Path program, String input, String... args)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(interpreter, program.toString()));
        line.addAll(List.of(args));
        return ExternalProgram.run(line, input).orElseThrow();
    }
}
