package dev.oriel.testing.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A Node.js that can load an npm package (found by `NODE_PATH`), to run the example clients.
public final class NodeRuntime {
    private final Path folder;

    private NodeRuntime(Path folder) {
        this.folder = folder;
    }

    /// Returns a Node.js that has the package, or skips the test with a message if there is none.
    public static NodeRuntime orSkip(String name) throws IOException, InterruptedException {
        // require.resolve is not used because a package need not export its package.json.
        Optional<ExternalProgram.Result> result =
                ExternalProgram.run(
                        List.of(
                                "node",
                                "-p",
                                ("require.resolve.paths('%1$s').map(p => require('path').join(p,"
                                                + " '%1$s')).find(require('fs').existsSync) ||"
                                                + " process.exit(1)")
                                        .formatted(name)),
                        "");
        assumeTrue(
                result.isPresent() && result.get().code() == 0,
                "skipped: no node that has the package " + name + "; set NODE_PATH");
        return new NodeRuntime(Path.of(result.orElseThrow().out().strip()));
    }

    /// The folder of the package.
    public Path folder() {
        return folder;
    }

    /// Runs a program and waits for its exit.
    public ExternalProgram.Result run(Path program, String... args)
            throws IOException, InterruptedException {
        return runWithInput("", program, args);
    }

    /// Runs a program with text for its standard input.
    public ExternalProgram.Result runWithInput(String input, Path program, String... args)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("node", program.toString()));
        line.addAll(List.of(args));
        return ExternalProgram.run(line, input).orElseThrow();
    }
}
