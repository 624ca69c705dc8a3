package dev.oriel.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Resolves paths as the operating system does: `..` after a symbolic link is the parent of the
/// link's target. A path that does not exist yet is resolved relative to its real parent.
public final class RealPath {
    /// The maximum number of chained links, which is Linux's limit.
    private static final int MAX_LINKS = 40;

    /// No system opens a path with more: each of its names needs a look at the disk.
    private static final int MAX_NAMES = 2_048;

    private RealPath() {}

    /// @param absolute need not exist, nor be normalized
    /// @throws IOException if it is not absolute, too long, or a link cannot be read
    public static Path of(Path absolute) throws IOException {
        if (absolute.getNameCount() > MAX_NAMES) {
            throw new IOException("a path with too many names");
        }
        return resolve(absolute, MAX_LINKS);
    }

    private static Path resolve(Path absolute, int links) throws IOException {
        Path resolved = absolute.getRoot();
        if (resolved == null) {
            throw new IOException("not an absolute path");
        }
        if (links == MAX_LINKS && !climbs(absolute)) {
            try {
                return absolute.toRealPath();
            } catch (IOException e) {
                // Does not exist yet, or cannot be read: name by name.
            }
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

    private static boolean climbs(Path path) {
        for (Path name : path) {
            if (name.toString().equals("..")) {
                return true;
            }
        }
        return false;
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
