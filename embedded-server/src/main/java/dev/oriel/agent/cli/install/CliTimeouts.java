package dev.oriel.agent.cli.install;

import java.time.Duration;

/// How long the CLI may take before the next, more forceful step.
///
/// The standard times are based on observations of 2.1.329: it confirms an interrupt within 30 ms
/// and ends the turn within 50 ms; an idle process exits within 50 ms after the end of its input,
/// and within 160 ms after SIGTERM (1.4 s with a background task). The times are long enough for a
/// busy computer.
///
/// @param interrupt from an interrupt to the end of the turn; then its input is closed
/// @param endOfInput from the end of its input to SIGTERM
/// @param terminate from SIGTERM to SIGKILL
/// @param probe for `--version` or `auth status`
public record CliTimeouts(
        Duration interrupt, Duration endOfInput, Duration terminate, Duration probe) {

    public static CliTimeouts defaults() {
        return new CliTimeouts(
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10));
    }
}
