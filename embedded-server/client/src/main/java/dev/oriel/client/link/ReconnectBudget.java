package dev.oriel.client.link;

import dev.oriel.client.ConnectionStatus.Reason;
import dev.oriel.client.ReconnectPolicy;
import java.time.Duration;

/// Counts the attempts of one connection and says after each end what comes next. Not thread-safe:
/// its link's lane owns it.
final class ReconnectBudget {
    private final ReconnectPolicy rules;
    private int lost;
    private int notFound;

    ReconnectBudget(ReconnectPolicy rules) {
        this.rules = rules;
    }

    sealed interface Next {
        record Immediately() implements Next {}

        /// @param of how many attempts there are; 0 without limit
        /// @param why one sentence: why the last attempt failed, or why the connection ended
        record Retry(Duration in, int attempt, int of, String why) implements Next {}

        record GiveUp(String why, Reason reason) implements Next {}
    }

    /// The connection has lasted: what was before counts no more.
    void reset() {
        lost = 0;
        notFound = 0;
    }

    Next next(DisconnectReason ending) {
        return switch (ending) {
            case DisconnectReason.Refused(String why) -> new Next.GiveUp(why, Reason.REFUSED);
            case DisconnectReason.Finished() -> new Next.Immediately();
            case DisconnectReason.TooLarge() -> new Next.GiveUp(ending.description(), Reason.LOST);
            case DisconnectReason.NotFound() -> {
                if (notFound == rules.maxNotFoundAttempts()) {
                    yield new Next.GiveUp(ending.description(), Reason.NOT_FOUND);
                }
                notFound++;
                yield new Next.Retry(
                        rules.delay().multipliedBy(notFound),
                        notFound,
                        rules.maxNotFoundAttempts(),
                        ending.description());
            }
            case DisconnectReason.Lost(String why) -> {
                if (lost == rules.maxAttempts()) {
                    yield new Next.GiveUp(why, Reason.LOST);
                }
                lost++;
                yield new Next.Retry(
                        rules.delayBefore(lost),
                        lost,
                        rules.isUnlimited() ? 0 : rules.maxAttempts(),
                        why);
            }
        };
    }
}
