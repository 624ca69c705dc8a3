package dev.oriel.serve;

import java.time.Duration;
import picocli.CommandLine.Option;

/// The options of the oneshot dialect.
final class OneshotOptions {
    @Option(
            names = "--oneshot-timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            converter = DurationConverter.class,
            description = "The time limit of a run of the oneshot dialect (${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(5);

    Duration timeout() {
        return timeout;
    }
}
