package dev.oriel.app;

import dev.oriel.platform.OperatingSystem;
import java.nio.file.Path;
import java.util.Optional;

/// The folders in which the window keeps its files. `-Doriel.data=DIR` moves all of them into one.
///
/// @param data journal and token of the window's server
/// @param config settings and remote servers
/// @param state drafts, outbox, position of the window
public record AppPaths(Path data, Path config, Path state) {

    static AppPaths ofSystem() {
        String moved = System.getProperty("oriel.data");
        if (moved != null) {
            Path all = Path.of(moved).toAbsolutePath();
            return new AppPaths(all, all.resolve("config"), all.resolve("state"));
        }
        Path home = Path.of(System.getProperty("user.home"));
        return switch (OperatingSystem.current()) {
            case WINDOWS -> onWindows(home);
            case MACOS -> {
                Path all = home.resolve("Library/Application Support/Oriel");
                yield new AppPaths(all, all.resolve("config"), all.resolve("state"));
            }
            case LINUX -> onLinux(home);
        };
    }

    private static AppPaths onWindows(Path home) {
        Path local = environment("LOCALAPPDATA").orElse(home.resolve("AppData/Local"));
        Path roaming = environment("APPDATA").orElse(home.resolve("AppData/Roaming"));
        return new AppPaths(
                local.resolve("Oriel"), roaming.resolve("Oriel"), local.resolve("Oriel/state"));
    }

    private static AppPaths onLinux(Path home) {
        return new AppPaths(
                environment("XDG_DATA_HOME").orElse(home.resolve(".local/share")).resolve("oriel"),
                environment("XDG_CONFIG_HOME").orElse(home.resolve(".config")).resolve("oriel"),
                environment("XDG_STATE_HOME")
                        .orElse(home.resolve(".local/state"))
                        .resolve("oriel"));
    }

    private static Optional<Path> environment(String name) {
        String value = System.getenv(name);
        // The XDG Base Directory Specification requires that a relative path is ignored.
        return value == null || !Path.of(value).isAbsolute()
                ? Optional.empty()
                : Optional.of(Path.of(value));
    }
}
