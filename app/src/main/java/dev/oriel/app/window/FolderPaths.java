package dev.oriel.app.window;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// Folders as they are shown, and the folder at which a folder dialog opens.
final class FolderPaths {
    private FolderPaths() {}

    /// The folder at which a folder dialog opens: the chosen one, else the first recent one that
    /// still exists, else the home folder. Touches the disk; not for the JavaFX thread.
    ///
    /// @param chosen empty for none
    /// @param recent folders of other sessions, most recent first
    static Path initialFolder(String chosen, List<Path> recent) {
        try {
            Path path = Path.of(chosen);
            if (!chosen.isEmpty() && Files.isDirectory(path)) {
                return path;
            }
        } catch (InvalidPathException _) {
            // It is a folder of another computer.
        }
        return recent.stream()
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(Path.of(System.getProperty("user.home")));
    }

    /// A path with `~` for the home folder, cut to its last two names if it is longer.
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
