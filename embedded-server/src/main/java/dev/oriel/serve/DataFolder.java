package dev.oriel.serve;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where the server keeps its files if nobody says otherwise: where each system keeps a person's
/// program data.
final class DataFolder {
    private DataFolder() {}

    static Path defaultPath() {
        Path home = Path.of(System.getProperty("user.home"));
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (os.contains("mac")) {
            return home.resolve("Library/Application Support/oriel-server");
        }
        if (os.contains("win")) {
            return or(System.getenv("LOCALAPPDATA"), home.resolve("AppData/Local"))
                    .resolve("oriel-server");
        }
        return or(System.getenv("XDG_DATA_HOME"), home.resolve(".local/share"))
                .resolve("oriel-server");
    }

    private static Path or(@Nullable String folder, Path otherwise) {
        return folder == null || folder.isBlank() ? otherwise : Path.of(folder);
    }
}
