package dev.oriel.agent.asks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Tests whether a path is inside a folder, resolving it as the operating system does: `..` after a
/// symbolic link is the parent of the link's target. A path that does not exist yet is resolved
/// relative to its real parent.
final class PathContainment {
    /// The maximum number of chained links, which is Linux's limit.
    private static final int MAX_LINKS = 40;

    private PathContainment() {}

    /// @param cwd a folder
    /// @param path a path from the agent, absolute or relative to `cwd`
    /// @return empty if the text is not a valid path on this computer
    static Optional<Boolean> isOutside(Path cwd, String path) {
        try {
            Path folder = resolve(cwd.toAbsolutePath(), MAX_LINKS);
            Path target = resolve(cwd.toAbsolutePath().resolve(path), MAX_LINKS);
            return Optional.of(!target.startsWith(folder));
        } catch (InvalidPathException | IOException e) {
            return Optional.empty();
        }
    }

    private static Path resolve(Path absolute, int links) throws IOException {
        Path resolved = absolute.getRoot();
        if (resolved == null) {
            throw new IOException("not an absolute path");
        }
        for (Path name : absolute) {
            if (name.toString().equals("..")) {
                Path parent = resolved.getParent();
                resolved = parent == null ? resolved : parent;
            } else if (!name.toString().equals(".") && !name.toString().isEmpty()) {
                resolved = resolveName(resolved, name, links);
            }
        }
        return resolved;
    }

    private static Path resolveName(Path folder, Path name, int links) throws IOException {
        Path next = folder.resolve(name);
        try {
            return next.toRealPath();
        } catch (IOException e) {
            if (links > 0 && Files.isSymbolicLink(next)) {
                // The link's target does not exist yet.
                return resolve(folder.resolve(Files.readSymbolicLink(next)), links - 1);
            }
            return next;
        }
    }
}
