package dev.oriel.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A Node.js on this machine that finds a package (in `NODE_PATH`), to run the example clients
/// with.
public final class Node {
    private Node() {}

    /// One that has the package, or the test is skipped and says so.
    public static Node orSkip(String name) throws IOException, InterruptedException {
        Optional<Python.Ended> tried =
                Python.run(List.of("node", "-e", "require('" + name + "')"), "");
        assumeTrue(
                tried.isPresent() && tried.get().code() == 0,
                "skipped: no node that finds the package " + name + "; set NODE_PATH");
        return new Node();
    }

    /// Runs a program to its end.
    public Python.Ended run(Path program, String... args) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("node", program.toString()));
        line.addAll(List.of(args));
        return Python.run(line, "").orElseThrow();
    }
}
