package dev.oriel.client;

import java.time.Duration;

/// How a client reconnects after a connection was lost. The figures of [#STANDARD] are system 003's
/// (section 4.3 of its wire facts): two seconds, five attempts, three for 4001 with growing pauses,
/// a ping every thirty seconds.
///
/// @param delay pause before the first attempt. Each further pause is twice as long, up to
///   `longest`. After a 4001 the n-th pause is n times `delay`
/// @param longest the longest pause; equal to `delay` for a constant pause
/// @param attempts how many attempts may follow one another without a connection that lasts;
///   [#UNLIMITED] to never give up
/// @param notFoundAttempts the same for 4001, which may pass by itself
/// @param settle how long a connection must live, after its first frame, before its attempts are
///   forgotten. Without it a server that accepts and closes at once would be tried for ever
/// @param ping between two pings; the second one without an answer ends the connection
/// @param connect how long an attempt may take
public record ReconnectRules(
        Duration delay,
        Duration longest,
        int attempts,
        int notFoundAttempts,
        Duration settle,
        Duration ping,
        Duration connect) {

    /// A number of attempts that is never used up.
    public static final int UNLIMITED = Integer.MAX_VALUE;

    public static final ReconnectRules STANDARD =
            new ReconnectRules(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    5,
                    3,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10));

    /// For Oriel's own wire, which loses nothing while it is away: pauses that grow to a minute,
    /// and no end.
    public static final ReconnectRules OWN_WIRE =
            STANDARD.withAttempts(UNLIMITED).withLongest(Duration.ofMinutes(1));

    ReconnectRules withAttempts(int most) {
        return new ReconnectRules(delay, longest, most, notFoundAttempts, settle, ping, connect);
    }

    private ReconnectRules withLongest(Duration pause) {
        return new ReconnectRules(delay, pause, attempts, notFoundAttempts, settle, ping, connect);
    }

    boolean unlimited() {
        return attempts == UNLIMITED;
    }

    /// The pause before the n-th attempt, from 1.
    Duration pause(int n) {
        Duration pause = delay;
        for (int i = 1; i < n && pause.compareTo(longest) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
