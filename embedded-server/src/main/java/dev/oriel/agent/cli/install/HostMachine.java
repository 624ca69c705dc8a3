package dev.oriel.agent.cli.install;

import dev.oriel.platform.OperatingSystem;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The computer, as the search for the CLI sees it. Tests use one of their own, so that they never
/// find a CLI that happens to be installed.
///
/// @param os determines names and usual folders
/// @param root the root folder: system-wide folders are resolved against it
/// @param home the user's home folder
/// @param environment variables that the CLI inherits
public record HostMachine(
        OperatingSystem os, Path root, Path home, Map<String, String> environment) {
    public HostMachine {
        environment = Map.copyOf(environment);
    }

    /// The computer that this program runs on.
    public static HostMachine current() {
        Path home = Path.of(System.getProperty("user.home"));
        return new HostMachine(OperatingSystem.current(), root(home), home, System.getenv());
    }

    private static Path root(Path home) {
        Path root = home.toAbsolutePath().getRoot();
        return root == null ? Path.of(File.separator) : root;
    }

    public boolean isWindows() {
        return os == OperatingSystem.WINDOWS;
    }

    char pathSeparator() {
        return isWindows() ? ';' : ':';
    }

    /// @return the value of a variable, whose name has no case on Windows (`Path`, `PATH`); null if
    ///   it is not set
    @Nullable String variable(String name) {
        String exact = environment.get(name);
        if (exact != null || !isWindows()) {
            return exact;
        }
        for (Map.Entry<String, String> each : environment.entrySet()) {
            if (each.getKey().equalsIgnoreCase(name)) {
                return each.getValue();
            }
        }
        return null;
    }
}
