package dev.oriel.testing.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A Python that can import a library, to run the example clients.
public final class PythonInterpreter {
    /// Debian's interpreter comes second, because another one may precede it on the path.
    private static final List<String> INTERPRETERS = List.of("python3", "/usr/bin/python3");

    private final String interpreter;

    private PythonInterpreter(String interpreter) {
        this.interpreter = interpreter;
    }

    /// Returns a Python that has the library, or skips the test with a message if there is none.
    public static PythonInterpreter orSkip(String library)
            throws IOException, InterruptedException {
        for (String each : INTERPRETERS) {
            Optional<ExternalProgram.Result> result =
                    ExternalProgram.run(List.of(each, "-c", "import " + library), "");
            if (result.isPresent() && result.get().code() == 0) {
                return new PythonInterpreter(each);
            }
        }
        assumeTrue(false, "skipped: no python3 that has the library " + library);
        throw new AssertionError("a false assumption ends the test");
    }

    /// Runs a program and waits for its exit.
    ///
    /// @param input the text for standard input
    public ExternalProgram.Result run(Path program, String input, String... args)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(interpreter, program.toString()));
        line.addAll(List.of(args));
        return ExternalProgram.run(line, input).orElseThrow();
    }
}
