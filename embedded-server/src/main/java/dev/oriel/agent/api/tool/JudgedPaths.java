package dev.oriel.agent.api.tool;

import dev.oriel.platform.RealPath;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// The real paths of the files that a call names, as they were when its permission was decided. A
/// folder or file that is replaced by a link meanwhile leads elsewhere. Immutable.
public final class JudgedPaths {
    /// Nothing was decided yet.
    public static final JudgedPaths NONE = new JudgedPaths(Map.of());

    private final Map<String, Path> paths;

    private JudgedPaths(Map<String, Path> paths) {
        this.paths = Map.copyOf(paths);
    }

    /// Resolves the paths of a call. Reads the disk.
    public static JudgedPaths of(ToolNeeds needs, ToolContext context) {
        Map<String, Path> paths = new HashMap<>();
        Stream.concat(needs.reads().stream(), needs.writes().stream())
                .forEach(given -> {
                    try {
                        paths.put(given, RealPath.of(context.resolve(given)));
                    } catch (InvalidPathException | IOException e) {
                        return; // the tool itself refuses it
                    }
                });
        return new JudgedPaths(paths);
    }

    /// Whether a path leads to where it led then, or was not among them.
    ///
    /// @param given as the call names it
    /// @param real where it leads now
    public boolean isSame(String given, Path real) {
        Path then = paths.get(given);
        return then == null || then.equals(real);
    }

    /// Whether all paths lead to where they led then. Reads the disk.
    boolean areSame(ToolContext context) {
        return paths.keySet().stream()
                .allMatch(given -> {
                    try {
                        return isSame(given, RealPath.of(context.resolve(given)));
                    } catch (IOException e) {
                        return false;
                    }
                });
    }
}
