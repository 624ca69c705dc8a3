package dev.oriel.serve;

import dev.oriel.dialect.files.EnvFile;
import dev.oriel.dialect.manager.ManagerSettings;
import dev.oriel.gateway.DialectPort;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/// The variables of the original manager system, `AGENT_SERVER_…`, in the environment (wire.md
/// 5.1). Their names may be in lower case.
///
/// That system also reads them from the `.env` file of the working folder. Here that file is
/// ignored, because the variables grant permissions and the file may belong to a repository of
/// somebody else.
///
/// Variables that have no effect in that system (`RELOAD`, `CLAUDE_CODE_COMMAND`,
/// `WS_PING_INTERVAL`, …) have none here; `LOG_LEVEL` is replaced by `--log-level`.
final class ManagerEnvironment {
    private static final String PREFIX = "AGENT_SERVER_";
    private static final int A_YEAR_OF_SECONDS = 365 * 24 * 60 * 60;

    private final Map<String, String> values = new HashMap<>();
    private final Function<String, ? extends RuntimeException> exception;

    /// @param exception creates the exception for an invalid value from a sentence
    ManagerEnvironment(
            Map<String, String> environment,
            Function<String, ? extends RuntimeException> exception) {
        this.exception = exception;
        environment.forEach((name, value) -> {
            String upper = name.toUpperCase(Locale.ROOT);
            if (upper.startsWith(PREFIX) && !value.isBlank()) {
                values.put(upper, value.strip());
            }
        });
    }

    /// Logs a warning if the `.env` file of the working folder sets variables that are ignored.
    static void warnAboutEnvFile(Path folder) {
        List<String> ignored =
                EnvFile.load(folder).keySet().stream()
                        .filter(n -> n.toUpperCase(Locale.ROOT).startsWith(PREFIX))
                        .toList();
        if (!ignored.isEmpty()) {
            // Not a logger of the class, which would be created at every start.
            LoggerFactory.getLogger(ManagerEnvironment.class)
                    .warn(
                            "{} in the .env file of the working folder is ignored. Set it in the"
                                    + " environment of the server.",
                            String.join(", ", ignored));
        }
    }

    ManagerSettings settings() {
        ManagerSettings defaults = ManagerSettings.defaults();
        String key = values.get(PREFIX + "API_KEY_PATH");
        return (key == null ? defaults : defaults.withKeyFile(path(key)))
                .withAuthEnabled(authEnabled())
                .withMaxSessions(
                        number(
                                "MAX_CONCURRENT_SESSIONS",
                                defaults.maxSessions(),
                                1,
                                Integer.MAX_VALUE))
                .withSessionTimeout(
                        Duration.ofSeconds(
                                number(
                                        "SESSION_TIMEOUT_SECONDS",
                                        (int) defaults.sessionTimeout().toSeconds(),
                                        1,
                                        A_YEAR_OF_SECONDS)));
    }

    /// The port of the original system.
    DialectPort classicPort(String defaultHost, int defaultPort) {
        return new DialectPort(
                "manager",
                values.getOrDefault(PREFIX + "HOST", defaultHost),
                number("PORT", defaultPort, 0, 65_535));
    }

    private Path path(String text) {
        String home = System.getProperty("user.home");
        try {
            return Path.of(text.startsWith("~/") ? home + text.substring(1) : text);
        } catch (InvalidPathException e) {
            throw exception.apply(PREFIX + "API_KEY_PATH is not a path");
        }
    }

    private boolean authEnabled() {
        String text = values.getOrDefault(PREFIX + "AUTH_ENABLED", "true");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0" -> false;
            default -> throw exception.apply(PREFIX + "AUTH_ENABLED must be true or false");
        };
    }

    private int number(String name, int defaultValue, int min, int max) {
        return EnvironmentNumbers.read(values, PREFIX + name, defaultValue, min, max, exception);
    }
}
