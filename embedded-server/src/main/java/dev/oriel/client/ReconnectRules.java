package dev.oriel.client;

import java.time.Duration;

/// How a lost connection is taken up again. The figures are system 003's, section 4.3 of its wire
/// facts: two seconds, five attempts, three for 4001 with growing pauses, a ping every thirty
/// seconds.
///
/// @param delay before each attempt; before the n-th one after a 4001 it is n times as long
/// @param attempts how many follow one another without a connection that lasts
/// @param notFoundAttempts the same for 4001, which may pass by itself
/// @param settle how long a connection must live, after its first frame, before its attempts are
///   forgotten. Without it a server that accepts and closes at once would be tried for ever
/// @param ping between two pings; the second one without an answer ends the connection
/// @param connect how long an attempt may take
public record ReconnectRules(
        Duration delay,
        int attempts,
        int notFoundAttempts,
        Duration settle,
        Duration ping,
        Duration connect) {

    public static final ReconnectRules STANDARD =
            new ReconnectRules(
                    Duration.ofSeconds(2),
                    5,
                    3,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10));

    ReconnectRules withAttempts(int most) {
        return new ReconnectRules(delay, most, notFoundAttempts, settle, ping, connect);
    }
}
