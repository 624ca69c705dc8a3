package dev.oriel.serve;

import dev.oriel.platform.OperatingSystem;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The default folder of the server's files: a folder in the place where the operating system keeps
/// the data of the user's programs.
final class DataFolder {
    private DataFolder() {}

    static Path defaultPath() {
        return defaultPath(
                OperatingSystem.current(),
                Path.of(System.getProperty("user.home")),
                System.getenv());
    }

    static Path defaultPath(OperatingSystem system, Path home, Map<String, String> environment) {
        Path parent =
                switch (system) {
                    case MACOS -> home.resolve("Library/Application Support");
                    case WINDOWS ->
                            or(environment.get("LOCALAPPDATA"), home.resolve("AppData/Local"));
                    case LINUX ->
                            or(environment.get("XDG_DATA_HOME"), home.resolve(".local/share"));
                };
        return parent.resolve("oriel-server");
    }

    private static Path or(@Nullable String folder, Path otherwise) {
        return folder == null || folder.isBlank() ? otherwise : Path.of(folder);
    }
}
