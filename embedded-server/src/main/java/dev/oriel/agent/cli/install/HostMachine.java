package dev.oriel.agent.cli.install;

import dev.oriel.platform.OperatingSystem;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the search for the CLI may know of the computer. Tests give one of their own, so that they
/// never find a CLI that happens to be installed.
///
/// @param os decides about names and usual places
/// @param root what stands for `/`: the system-wide places are looked up under it
/// @param home the person's home folder
/// @param environment variables as the CLI inherits them
public record HostMachine(
        OperatingSystem os, Path root, Path home, Map<String, String> environment) {
    public HostMachine {
        environment = Map.copyOf(environment);
    }

    /// The one we run on.
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

    /// A variable; on Windows in any case (`Path`, `PATH`).
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
