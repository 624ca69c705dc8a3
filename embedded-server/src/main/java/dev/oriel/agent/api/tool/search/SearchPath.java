package dev.oriel.agent.api.tool.search;

import dev.oriel.agent.api.tool.ToolContext;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Paths of search tools: as the model gives them, and as it is shown them.
final class SearchPath {
    /// No system opens a path with more.
    private static final int MAX_NAMES = 2_048;

    private SearchPath() {}

    /// @param given absolute, or relative to the session's folder; empty for that
    /// @return null if it is not a path
    static @Nullable Path resolve(String given, ToolContext context) {
        try {
            Path path = given.isBlank() ? context.folder() : context.resolve(given);
            return path.getNameCount() > MAX_NAMES ? null : path;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /// Removes `..`. Behind a link that is another folder: then the real path is returned.
    static Path withoutDots(Path path) throws IOException {
        Path simple = path.normalize();
        Path real = path.toRealPath();
        return real.equals(simple.toRealPath()) ? simple : real;
    }

    /// The path as the model sees it: relative if it is in the session's folder.
    static String shown(Path file, ToolContext context) {
        Path folder = context.folder();
        boolean inside = file.startsWith(folder) && !file.equals(folder);
        return (inside ? folder.relativize(file) : file).toString();
    }

    /// Orders paths by their parts, as a tree is listed.
    static int compare(String a, String b) {
        return a.replace('/', '\0')
                .replace('\\', '\0')
                .compareTo(b.replace('/', '\0').replace('\\', '\0'));
    }
}
