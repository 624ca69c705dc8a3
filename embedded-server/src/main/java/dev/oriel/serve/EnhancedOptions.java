package dev.oriel.serve;

import dev.oriel.dialect.RateLimit.Rate;
import dev.oriel.dialect.enhanced.EnhancedSettings;
import dev.oriel.dialect.enhanced.JwtCheck;
import dev.oriel.platform.FileRights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/// The settings of the enhanced dialect, from options and from the variables of its original
/// system.
final class EnhancedOptions {
    private static final Pattern RATE = Pattern.compile("(\\d{1,6})/(\\d{1,6})");
    private static final int A_YEAR_OF_MINUTES = 365 * 24 * 60;

    @Option(
            names = "--jwt-secret-file",
            paramLabel = "FILE",
            description =
                    "Clients of the enhanced dialect may log in with a JWT in ?token=, signed by"
                            + " HS256 with the secret in this file (or in ORIEL_JWT_SECRET).")
    private @Nullable Path jwtSecretFile;

    @Option(
            names = "--rate-limit",
            arity = "0..1",
            fallbackValue = "10/60",
            paramLabel = "N/SECONDS",
            description =
                    "Limits each connection of the enhanced or the manager dialect to N requests in"
                            + " SECONDS. Default: no limit; without a value ${FALLBACK-VALUE}.")
    private @Nullable String rateLimit;

    /// The settings.
    ///
    /// @param exception creates the exception for an invalid value from a sentence
    EnhancedSettings settings(
            Map<String, String> environment,
            Function<String, ? extends RuntimeException> exception) {
        EnhancedSettings defaults = EnhancedSettings.defaults();
        if (environment.containsKey("TOOL_REGISTRY_URL")) {
            // Not a logger of the class, which would be created at every start.
            LoggerFactory.getLogger(EnhancedOptions.class)
                    .warn(
                            "TOOL_REGISTRY_URL is not used: Oriel itself registers the tools of its"
                                    + " clients.");
        }
        int minutes =
                EnvironmentNumbers.read(
                        environment, "SESSION_TIMEOUT_MINUTES", 0, 0, A_YEAR_OF_MINUTES, exception);
        return defaults.withJwt(jwt(environment, exception))
                .withRate(rate(exception))
                .withMaxSessions(
                        EnvironmentNumbers.read(
                                environment,
                                "MAX_SESSIONS",
                                defaults.maxSessions(),
                                1,
                                Integer.MAX_VALUE,
                                exception))
                .withSessionTimeout(minutes == 0 ? null : Duration.ofMinutes(minutes));
    }

    private @Nullable JwtCheck jwt(
            Map<String, String> environment,
            Function<String, ? extends RuntimeException> exception) {
        String secret = environment.get("ORIEL_JWT_SECRET");
        if (jwtSecretFile != null) {
            try {
                if (FileRights.of(jwtSecretFile).writableByOthers()) {
                    throw exception.apply(
                            "--jwt-secret-file: other users can change the file or put another in"
                                    + " its place. Run chmod go-w on it, in a folder that only you"
                                    + " can write to");
                }
                secret = Files.readString(jwtSecretFile).strip();
            } catch (IOException e) {
                throw exception.apply("--jwt-secret-file: the file cannot be read");
            }
        }
        if (secret == null) {
            return null;
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < JwtCheck.MIN_SECRET_BYTES) {
            throw exception.apply(
                    "The secret for JWTs must be at least %d bytes long"
                            .formatted(JwtCheck.MIN_SECRET_BYTES));
        }
        return new JwtCheck(bytes);
    }

    @Nullable Rate rate(Function<String, ? extends RuntimeException> exception) {
        if (rateLimit == null) {
            return null;
        }
        if (rateLimit.isBlank()) {
            return Rate.STANDARD;
        }
        Matcher m = RATE.matcher(rateLimit.strip());
        if (!m.matches() || m.group(1).matches("0+") || m.group(2).matches("0+")) {
            throw exception.apply("--rate-limit must be N/SECONDS, such as 10/60");
        }
        return new Rate(
                Integer.parseInt(m.group(1)), Duration.ofSeconds(Integer.parseInt(m.group(2))));
    }
}
