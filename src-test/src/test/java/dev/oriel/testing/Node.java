package dev.oriel.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A Node.js on this machine that has a package (`NODE_PATH` says where), to run the example
/// clients with.
public final class Node {
    private final Path folder;

    private Node(Path folder) {
        this.folder = folder;
    }

    /// One that has the package, or the test is skipped and says so.
    public static Node orSkip(String name) throws IOException, InterruptedException {
        // Not require.resolve: a package need not let anybody at its package.json.
        Optional<Program.Ended> tried =
                Program.run(
                        List.of(
                                "node",
                                "-p",
                                "require.resolve.paths('%1$s').map(p => require('path').join(p, '%1$s')).find(require('fs').existsSync) || process.exit(1)"
                                        .formatted(name)),
                        "");
        assumeTrue(
                tried.isPresent() && tried.get().code() == 0,
                "skipped: no node that has the package " + name + "; set NODE_PATH");
        return new Node(Path.of(tried.orElseThrow().out().strip()));
    }

    /// Where the package is.
    public Path folder() {
        return folder;
    }

    /// Runs a program to its end.
    public Program.Ended run(Path program, String... args)
            throws IOException, InterruptedException {
        return answering("", program, args);
    }

    /// The same with what a person types.
    public Program.Ended answering(String typed, Path program, String... args)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("node", program.toString()));
        line.addAll(List.of(args));
        return Program.run(line, typed).orElseThrow();
    }
}
