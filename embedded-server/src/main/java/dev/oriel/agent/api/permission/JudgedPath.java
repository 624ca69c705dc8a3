package dev.oriel.agent.api.permission;

import dev.oriel.platform.RealPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A path of a tool call, as given and as the operating system resolves it. Immutable.
///
/// @param given absolute and normalized, links not resolved
/// @param real with links resolved
record JudgedPath(Path given, Path real) {
    /// @return null if the text is no path of this system, or a form that cannot be judged: with
    ///   NUL, a stream or a device of Windows
    static @Nullable JudgedPath of(Path folder, Path home, String text) {
        try {
            if (text.indexOf('\0') >= 0
                    || (File.separatorChar == '\\' && PathForms.isStrangeOnWindows(text))) {
                return null;
            }
            String path = text.isEmpty() ? "." : text;
            Path absolute =
                    path.equals("~") || path.startsWith("~/")
                            ? home.resolve(path.length() < 3 ? "" : path.substring(2))
                            : folder.resolve(path);
            Path real = RealPath.of(absolute); // first, because it refuses paths that are too long
            return new JudgedPath(absolute.normalize(), real);
        } catch (InvalidPathException | IOException e) {
            return null;
        }
    }

    /// Whether a link leads elsewhere.
    boolean isLinked() {
        return !real.equals(given);
    }

    boolean isIn(Path folder) {
        return real.startsWith(folder);
    }
}
