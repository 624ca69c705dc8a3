package dev.oriel.client.link;

import dev.oriel.client.ConnectionStatus.Reason;
import dev.oriel.client.ReconnectPolicy;
import java.time.Duration;

/// Counts the attempts of one connection, and decides what follows the end of each. Confined to the
/// lane.
final class ReconnectBudget {
    private final ReconnectPolicy policy;

    /// Attempts since the last connection that lasted.
    private int lost;

    /// Those of them that ended because the session was not found.
    private int notFound;

    ReconnectBudget(ReconnectPolicy policy) {
        this.policy = policy;
    }

    /// What follows the end of a connection.
    sealed interface Next {
        /// Connect at once.
        record Immediately() implements Next {}

        /// Connect after a delay.
        ///
        /// @param attempt the number of the next attempt, from 1
        /// @param maxAttempts how many there will be; 0 without limit
        /// @param cause why the connection ended, or the last attempt failed: a sentence
        record Retry(Duration delay, int attempt, int maxAttempts, String cause) implements Next {}

        /// Do not connect again.
        ///
        /// @param cause a sentence for the user
        record GiveUp(String cause, Reason reason) implements Next {}
    }

    /// A connection has lasted: the attempts before it no longer count.
    void reset() {
        lost = 0;
        notFound = 0;
    }

    /// Decides what follows, and counts it.
    Next next(DisconnectReason reason) {
        return switch (reason) {
            case DisconnectReason.Refused(String cause) -> new Next.GiveUp(cause, Reason.REFUSED);
            case DisconnectReason.Finished() -> new Next.Immediately();
            case DisconnectReason.TooLarge() -> new Next.GiveUp(reason.description(), Reason.LOST);
            case DisconnectReason.NotFound() -> {
                if (notFound == policy.maxNotFoundAttempts()) {
                    yield new Next.GiveUp(reason.description(), Reason.NOT_FOUND);
                }
                notFound++;
                yield new Next.Retry(
                        policy.delay().multipliedBy(notFound),
                        notFound,
                        policy.maxNotFoundAttempts(),
                        reason.description());
            }
            case DisconnectReason.Lost(String cause) -> {
                if (lost == policy.maxAttempts()) {
                    yield new Next.GiveUp(cause, Reason.LOST);
                }
                lost++;
                yield new Next.Retry(
                        policy.delayBefore(lost),
                        lost,
                        policy.isUnlimited() ? 0 : policy.maxAttempts(),
                        cause);
            }
        };
    }
}
