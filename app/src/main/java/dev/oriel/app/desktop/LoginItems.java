package dev.oriel.app.desktop;

import dev.oriel.platform.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// The program as the person's system knows it, if it came in a package.
public final class LoginItems {
    private LoginItems() {}

    /// How this program is opened at login; empty where it did not come in a package, so that there
    /// is nothing a system could start.
    public static Optional<LoginItem> find() {
        return find(System.getProperties(), System.getenv(), new WindowsRegistry.RegCommand());
    }

    static Optional<LoginItem> find(
            Properties properties, Map<String, String> environment, WindowsRegistry registry) {
        // Set by the launchers of the packages, jpackage's and our own.
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

    private static Path config(Path home, @Nullable String wanted) {
        // A relative one is to be ignored, says the XDG specification.
        return wanted == null || !Path.of(wanted).isAbsolute()
                ? home.resolve(".config")
                : Path.of(wanted);
    }
}
