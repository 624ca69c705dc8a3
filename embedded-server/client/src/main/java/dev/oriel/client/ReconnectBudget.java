package dev.oriel.client;

import dev.oriel.client.LinkState.Reason;
import java.time.Duration;

/// Counts the attempts of one connection and says after each end what comes next. Not thread-safe:
/// its link's lane owns it.
final class ReconnectBudget {
    private final ReconnectRules rules;
    private int lost;
    private int notFound;

    ReconnectBudget(ReconnectRules rules) {
        this.rules = rules;
    }

    sealed interface Next {
        record AtOnce() implements Next {}

        /// @param of how many attempts there are; 0 without limit
        /// @param why one sentence: why the last attempt failed, or why the connection ended
        record Retry(Duration in, int attempt, int of, String why) implements Next {}

        record GiveUp(String why, Reason reason) implements Next {}
    }

    /// The connection has lasted: what was before counts no more.
    void settled() {
        lost = 0;
        notFound = 0;
    }

    Next after(Ending ending) {
        return switch (ending) {
            case Ending.Refused(String why) -> new Next.GiveUp(why, Reason.REFUSED);
            case Ending.Finished() -> new Next.AtOnce();
            case Ending.TooLarge() -> new Next.GiveUp(ending.words(), Reason.LOST);
            case Ending.NotFound() -> {
                if (notFound == rules.notFoundAttempts()) {
                    yield new Next.GiveUp(ending.words(), Reason.GONE);
                }
                notFound++;
                yield new Next.Retry(
                        rules.delay().multipliedBy(notFound),
                        notFound,
                        rules.notFoundAttempts(),
                        ending.words());
            }
            case Ending.Lost(String why) -> {
                if (lost == rules.attempts()) {
                    yield new Next.GiveUp(why, Reason.LOST);
                }
                lost++;
                yield new Next.Retry(
                        rules.pause(lost), lost, rules.unlimited() ? 0 : rules.attempts(), why);
            }
        };
    }
}
