package dev.oriel.app.desktop;

import dev.oriel.platform.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Finds the login item of the installed program.
public final class LoginItems {
    private LoginItems() {}

    /// The login item for this program and operating system; empty if the program was not installed
    /// from a package, because then there is no launcher to start.
    public static Optional<LoginItem> find() {
        return find(System.getProperties(), System.getenv(), new WindowsRegistry.RegCommand());
    }

    static Optional<LoginItem> find(
            Properties properties, Map<String, String> environment, WindowsRegistry registry) {
        // Set by the packages' launchers, those of jpackage and our own.
        String launcher = properties.getProperty("jpackage.app-path", "");
        if (launcher.isEmpty() || !Files.isExecutable(Path.of(launcher))) {
            return Optional.empty();
        }
        Path program = Path.of(launcher);
        Path home = Path.of(properties.getProperty("user.home"));
        return Optional.of(
                switch (OperatingSystem.from(properties.getProperty("os.name", ""))) {
                    case WINDOWS -> new WindowsLoginItem(registry, program);
                    case MACOS -> new MacLoginItem(home, program);
                    case LINUX ->
                            new LinuxLoginItem(
                                    config(home, environment.get("XDG_CONFIG_HOME")), program);
                });
    }

    private static Path config(Path home, @Nullable String xdgConfigHome) {
        // The XDG Base Directory Specification requires relative paths to be ignored.
        return xdgConfigHome == null || !Path.of(xdgConfigHome).isAbsolute()
                ? home.resolve(".config")
                : Path.of(xdgConfigHome);
    }
}
