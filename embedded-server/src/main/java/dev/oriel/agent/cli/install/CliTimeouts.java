package dev.oriel.agent.cli.install;

import java.time.Duration;

/// How long the CLI is given before the next, ruder step.
///
/// The standard times rest on what was seen of 2.1.329: an interrupt is confirmed within 30 ms and
/// over within 50 ms, an idle process leaves within 50 ms after the end of its input, and within
/// 160 ms after SIGTERM (1.4 s with a background task). They are long enough for a busy machine.
///
/// @param interrupt from an interrupt until the turn must be over; then its input is closed
/// @param endOfInput from the end of its input until SIGTERM
/// @param terminate from SIGTERM until SIGKILL
/// @param probe how long `--version` or `auth status` may take
public record CliTimeouts(
        Duration interrupt, Duration endOfInput, Duration terminate, Duration probe) {

    public static CliTimeouts standard() {
        return new CliTimeouts(
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10));
    }
}
