package dev.oriel.agent.asks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Compares paths as the operating system follows them: `..` behind a link leads to the parent of
/// what the link points to, and what does not exist yet lies where its folder is.
final class PathContainment {
    /// As many links one after the other as Linux follows.
    private static final int MOST_LINKS = 40;

    private PathContainment() {}

    /// @param cwd a folder
    /// @param named a path as the agent names it, also a relative one
    /// @return empty if that is no path on this computer
    static Optional<Boolean> isOutside(Path cwd, String named) {
        try {
            Path folder = real(cwd.toAbsolutePath(), MOST_LINKS);
            Path place = real(cwd.toAbsolutePath().resolve(named), MOST_LINKS);
            return Optional.of(!place.startsWith(folder));
        } catch (InvalidPathException | IOException e) {
            return Optional.empty();
        }
    }

    private static Path real(Path absolute, int links) throws IOException {
        Path at = absolute.getRoot();
        if (at == null) {
            throw new IOException("no absolute path");
        }
        for (Path name : absolute) {
            if (name.toString().equals("..")) {
                Path parent = at.getParent();
                at = parent == null ? at : parent;
            } else if (!name.toString().equals(".") && !name.toString().isEmpty()) {
                at = step(at, name, links);
            }
        }
        return at;
    }

    private static Path step(Path folder, Path name, int links) throws IOException {
        Path next = folder.resolve(name);
        try {
            return next.toRealPath();
        } catch (IOException e) {
            if (links > 0 && Files.isSymbolicLink(next)) {
                // It points to what does not exist yet.
                return real(folder.resolve(Files.readSymbolicLink(next)), links - 1);
            }
            return next;
        }
    }
}
