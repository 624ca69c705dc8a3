package dev.oriel.app.window;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// Folders in words, and where a dialog for one begins.
final class FolderPaths {
    private FolderPaths() {}

    /// Where a dialog for a folder begins: at the one that is chosen, else at the last one that a
    /// session was begun in, else at home. One that is gone is passed over.
    ///
    /// @param chosen empty for none
    /// @param before the last one first
    static Path initialFolder(String chosen, List<Path> before) {
        try {
            Path now = Path.of(chosen);
            if (!chosen.isEmpty() && Files.isDirectory(now)) {
                return now;
            }
        } catch (InvalidPathException e) {
            // Not a folder of this computer.
        }
        return before.stream()
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(Path.of(System.getProperty("user.home")));
    }

    /// The path with the home folder as `~`, and at most its last two parts.
    static String shorten(String path) {
        String home = System.getProperty("user.home");
        if (path.isEmpty() || path.equals(home)) {
            return "Home";
        }
        String shown = path.startsWith(home) ? "~" + path.substring(home.length()) : path;
        String[] parts = shown.split("[/\\\\]");
        return parts.length <= 3
                ? shown
                : "…/" + parts[parts.length - 2] + "/" + parts[parts.length - 1];
    }
}
