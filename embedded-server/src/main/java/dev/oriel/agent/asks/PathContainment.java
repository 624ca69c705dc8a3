package dev.oriel.agent.asks;

import dev.oriel.platform.RealPath;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Tests whether a path is inside a folder, both resolved as [RealPath] does.
final class PathContainment {
    private PathContainment() {}

    /// @param cwd a folder
    /// @param path a path from the agent, absolute or relative to `cwd`
    /// @return empty if the text is not a valid path on this computer
    static Optional<Boolean> isOutside(Path cwd, String path) {
        try {
            Path folder = RealPath.of(cwd.toAbsolutePath());
            Path target = RealPath.of(cwd.toAbsolutePath().resolve(path));
            return Optional.of(!target.startsWith(folder));
        } catch (InvalidPathException | IOException e) {
            return Optional.empty();
        }
    }
}
