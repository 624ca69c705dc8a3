package dev.oriel.testing.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A Node.js on this machine that has a package (`NODE_PATH` says where), to run the example
/// clients with.
public final class NodeRuntime {
    private final Path folder;

    private NodeRuntime(Path folder) {
        this.folder = folder;
    }

    /// One that has the package, or the test is skipped and says so.
    public static NodeRuntime orSkip(String name) throws IOException, InterruptedException {
        // Not require.resolve: a package need not let anybody at its package.json.
        Optional<ExternalProgram.Result> tried =
                ExternalProgram.run(
                        List.of(
                                "node",
                                "-p",
                                "require.resolve.paths('%1$s').map(p => require('path').join(p, '%1$s')).find(require('fs').existsSync) || process.exit(1)"
                                        .formatted(name)),
                        "");
        assumeTrue(
                tried.isPresent() && tried.get().code() == 0,
                "skipped: no node that has the package " + name + "; set NODE_PATH");
        return new NodeRuntime(Path.of(tried.orElseThrow().out().strip()));
    }

    /// Where the package is.
    public Path folder() {
        return folder;
    }

    /// Runs a program to its end.
    public ExternalProgram.Result run(Path program, String... args)
            throws IOException, InterruptedException {
        return runWithInput("", program, args);
    }

    /// The same with what a person types.
    public ExternalProgram.Result runWithInput(String typed, Path program, String... args)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("node", program.toString()));
        line.addAll(List.of(args));
        return ExternalProgram.run(line, typed).orElseThrow();
    }
}
