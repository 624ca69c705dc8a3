package dev.oriel.serve;

import java.time.Duration;
import picocli.CommandLine.Option;

/// What the operator decides for the oneshot dialect.
final class OneshotOptions {
    @Option(
            names = "--oneshot-timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            converter = DurationConverter.class,
            description =
                    "After how long a run of the oneshot dialect is ended (${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(5);

    Duration timeout() {
        return timeout;
    }
}
