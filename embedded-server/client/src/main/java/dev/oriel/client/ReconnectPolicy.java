package dev.oriel.client;

import java.time.Duration;

/// When and how often a client reconnects. The figures of [#STANDARD] are those of hosted sessions
/// (section 4.3 of `embedded-server/docs/wire.md`).
///
/// @param delay before the first attempt. Each further delay is twice as long, up to `maxDelay`.
///   After close code 4001 the n-th delay is n times `delay`
/// @param maxDelay equal to `delay` for a constant delay
/// @param maxAttempts how many attempts may follow each other without a connection that lasts;
///   [#UNLIMITED] to never give up
/// @param maxNotFoundAttempts the same for close code 4001, whose cause may be temporary
/// @param resetAfter how long a connection must last, after its first frame, to restore the number
///   of attempts. Without it, a server that accepts and closes at once would be tried without end
/// @param pingInterval between two pings; one that is not answered before the next ends the
///   connection
/// @param connectTimeout how long an attempt may take
public record ReconnectPolicy(
        Duration delay,
        Duration maxDelay,
        int maxAttempts,
        int maxNotFoundAttempts,
        Duration resetAfter,
        Duration pingInterval,
        Duration connectTimeout) {

    /// A number of attempts that is never spent.
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /// A delay of two seconds, five attempts, three for close code 4001, a ping every 30 seconds.
    public static final ReconnectPolicy STANDARD =
            new ReconnectPolicy(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    5,
                    3,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10));

    /// For Oriel's own wire, where a lost connection loses no messages: delays that grow to a
    /// minute, without end.
    public static final ReconnectPolicy SESSIONS =
            STANDARD.withMaxAttempts(UNLIMITED).withMaxDelay(Duration.ofMinutes(1));

    /// A copy with another number of attempts.
    ///
    /// @param attempts see [#maxAttempts()]
    /// @return a copy
    public ReconnectPolicy withMaxAttempts(int attempts) {
        return new ReconnectPolicy(
                delay,
                maxDelay,
                attempts,
                maxNotFoundAttempts,
                resetAfter,
                pingInterval,
                connectTimeout);
    }

    private ReconnectPolicy withMaxDelay(Duration longest) {
        return new ReconnectPolicy(
                delay,
                longest,
                maxAttempts,
                maxNotFoundAttempts,
                resetAfter,
                pingInterval,
                connectTimeout);
    }

    /// Whether the client never gives up.
    ///
    /// @return whether `maxAttempts` is [#UNLIMITED]
    public boolean isUnlimited() {
        return maxAttempts == UNLIMITED;
    }

    /// The delay before an attempt.
    ///
    /// @param n the number of the attempt, from 1
    /// @return at most `maxDelay`
    public Duration delayBefore(int n) {
        Duration result = delay;
        for (int i = 1; i < n && result.compareTo(maxDelay) < 0; i++) {
            result = result.multipliedBy(2);
        }
        return result.compareTo(maxDelay) > 0 ? maxDelay : result;
    }
}
