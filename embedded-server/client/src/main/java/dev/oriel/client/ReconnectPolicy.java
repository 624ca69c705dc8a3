package dev.oriel.client;

import java.time.Duration;

/// How a client reconnects after a connection was lost. The figures of [#STANDARD] are system 003's
/// (section 4.3 of its wire facts): two seconds, five attempts, three for 4001 with growing pauses,
/// a ping every thirty seconds.
///
/// @param delay pause before the first attempt. Each further pause is twice as long, up to
///   `longest`. After a 4001 the n-th pause is n times `delay`
/// @param maxDelay the longest pause; equal to `delay` for a constant pause
/// @param maxAttempts how many attempts may follow one another without a connection that lasts;
///   [#UNLIMITED] to never give up
/// @param maxNotFoundAttempts the same for 4001, which may pass by itself
/// @param resetAfter how long a connection must live, after its first frame, before its attempts
///   are forgotten. Without it a server that accepts and closes at once would be tried for ever
/// @param pingInterval between two pings; the second one without an answer ends the connection
/// @param connectTimeout how long an attempt may take
public record ReconnectPolicy(
        Duration delay,
        Duration maxDelay,
        int maxAttempts,
        int maxNotFoundAttempts,
        Duration resetAfter,
        Duration pingInterval,
        Duration connectTimeout) {

    /// A number of attempts that is never used up.
    public static final int UNLIMITED = Integer.MAX_VALUE;

    public static final ReconnectPolicy STANDARD =
            new ReconnectPolicy(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    5,
                    3,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10));

    /// For Oriel's own wire, which loses nothing while it is away: pauses that grow to a minute,
    /// and no end.
    public static final ReconnectPolicy SESSIONS =
            STANDARD.withMaxAttempts(UNLIMITED).withMaxDelay(Duration.ofMinutes(1));

    public ReconnectPolicy withMaxAttempts(int most) {
        return new ReconnectPolicy(
                delay,
                maxDelay,
                most,
                maxNotFoundAttempts,
                resetAfter,
                pingInterval,
                connectTimeout);
    }

    private ReconnectPolicy withMaxDelay(Duration pause) {
        return new ReconnectPolicy(
                delay,
                pause,
                maxAttempts,
                maxNotFoundAttempts,
                resetAfter,
                pingInterval,
                connectTimeout);
    }

    public boolean isUnlimited() {
        return maxAttempts == UNLIMITED;
    }

    /// The pause before the n-th attempt, from 1.
    public Duration delayBefore(int n) {
        Duration pause = delay;
        for (int i = 1; i < n && pause.compareTo(maxDelay) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(maxDelay) > 0 ? maxDelay : pause;
    }
}
