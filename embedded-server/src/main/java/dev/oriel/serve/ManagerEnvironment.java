package dev.oriel.serve;

import dev.oriel.dialect.EnvFile;
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

/// The manager system's own variables, `AGENT_SERVER_…`, from the environment (wire.md 5.1). Their
/// names may be in small letters too.
///
/// The system also reads them from the `.env` file of the working folder. Here they do not count
/// there: they say who may do what, and the file may have come with somebody else's repository.
///
/// What the system reads and does nothing with (`RELOAD`, `CLAUDE_CODE_COMMAND`,
/// `WS_PING_INTERVAL`, …) is nothing here either; `LOG_LEVEL` is `--log-level`'s.
final class ManagerEnvironment {
    private static final String PREFIX = "AGENT_SERVER_";
    private static final int A_YEAR_OF_SECONDS = 365 * 24 * 60 * 60;

    private final Map<String, String> values = new HashMap<>();
    private final Function<String, ? extends RuntimeException> refusal;

    /// @param refusal makes the exception for a sentence on what is wrong
    ManagerEnvironment(
            Map<String, String> environment, Function<String, ? extends RuntimeException> refusal) {
        this.refusal = refusal;
        environment.forEach((name, value) -> {
            String upper = name.toUpperCase(Locale.ROOT);
            if (upper.startsWith(PREFIX) && !value.isBlank()) {
                values.put(upper, value.strip());
            }
        });
    }

    /// Says in the log which variables of the working folder's `.env` are left out, for who relies
    /// on them.
    static void warnAboutEnvFile(Path folder) {
        List<String> leftOut =
                EnvFile.load(folder).keySet().stream()
                        .filter(n -> n.toUpperCase(Locale.ROOT).startsWith(PREFIX))
                        .toList();
        if (!leftOut.isEmpty()) {
            // No logger of the class: it would be made at every start, while the options are read.
            LoggerFactory.getLogger(ManagerEnvironment.class)
                    .warn(
                            "{} in the .env file of the working folder is left out: set it in the"
                                    + " environment of the server.",
                            String.join(", ", leftOut));
        }
    }

    ManagerSettings settings() {
        ManagerSettings standard = ManagerSettings.standard();
        String key = values.get(PREFIX + "API_KEY_PATH");
        return (key == null ? standard : standard.withKeyFile(path(key)))
                .withAuthEnabled(authEnabled())
                .withMaxSessions(
                        number(
                                "MAX_CONCURRENT_SESSIONS",
                                standard.maxSessions(),
                                1,
                                Integer.MAX_VALUE))
                .withSessionTimeout(
                        Duration.ofSeconds(
                                number(
                                        "SESSION_TIMEOUT_SECONDS",
                                        (int) standard.sessionTimeout().toSeconds(),
                                        1,
                                        A_YEAR_OF_SECONDS)));
    }

    /// Where the system's own port is.
    DialectPort classicPort(String standardHost, int standardPort) {
        return new DialectPort(
                "manager",
                values.getOrDefault(PREFIX + "HOST", standardHost),
                number("PORT", standardPort, 0, 65_535));
    }

    private Path path(String text) {
        String home = System.getProperty("user.home");
        try {
            return Path.of(text.startsWith("~/") ? home + text.substring(1) : text);
        } catch (InvalidPathException e) {
            throw refusal.apply(PREFIX + "API_KEY_PATH is not a path");
        }
    }

    private boolean authEnabled() {
        String text = values.getOrDefault(PREFIX + "AUTH_ENABLED", "true");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0" -> false;
            default -> throw refusal.apply(PREFIX + "AUTH_ENABLED must be true or false");
        };
    }

    private int number(String name, int otherwise, int least, int most) {
        return EnvironmentNumbers.read(values, PREFIX + name, otherwise, least, most, refusal);
    }
}
