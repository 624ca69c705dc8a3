package dev.oriel.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.ConnectionStatus.Reason;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.link.ReconnectBudget.Next.GiveUp;
import dev.oriel.client.link.ReconnectBudget.Next.Immediately;
import dev.oriel.client.link.ReconnectBudget.Next.Retry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReconnectBudgetTest {
    private static final DisconnectReason LOST = new DisconnectReason.Lost("lost");
    private static final DisconnectReason NOT_FOUND = new DisconnectReason.NotFound();
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private final ReconnectBudget budget =
            new ReconnectBudget(ReconnectPolicy.STANDARD.withMaxAttempts(2));

    @Test
    void aLostConnectionIsRetriedUntilTheAttemptsAreSpent() {
        assertThat(budget.next(LOST)).isEqualTo(new Retry(TWO_SECONDS, 1, 2, "lost"));
        assertThat(budget.next(LOST)).isEqualTo(new Retry(TWO_SECONDS, 2, 2, "lost"));
        assertThat(budget.next(LOST)).isEqualTo(new GiveUp("lost", Reason.LOST));
        budget.reset();
        assertThat(budget.next(LOST)).isEqualTo(new Retry(TWO_SECONDS, 1, 2, "lost"));
    }

    @Test
    void aMissingSessionIsRetriedThreeTimesWithGrowingDelays() {
        String cause = NOT_FOUND.description();
        for (int n = 1; n <= 3; n++) {
            assertThat(budget.next(NOT_FOUND))
                    .isEqualTo(new Retry(Duration.ofSeconds(2L * n), n, 3, cause));
        }
        assertThat(budget.next(NOT_FOUND)).isEqualTo(new GiveUp(cause, Reason.NOT_FOUND));
    }

    @Test
    void theTwoCountsAreIndependent() {
        budget.next(NOT_FOUND);
        assertThat(budget.next(LOST)).isEqualTo(new Retry(TWO_SECONDS, 1, 2, "lost"));
    }

    @Test
    void anUnlimitedBudgetReportsNoMaximum() {
        ReconnectBudget unlimited = new ReconnectBudget(ReconnectPolicy.SESSIONS);
        for (int n = 1; n <= 100; n++) {
            assertThat(unlimited.next(LOST))
                    .isEqualTo(new Retry(ReconnectPolicy.SESSIONS.delayBefore(n), n, 0, "lost"));
        }
    }

    @Test
    void aRefusalAndATooLargeMessageAreFinal() {
        assertThat(budget.next(new DisconnectReason.Refused("no")))
                .isEqualTo(new GiveUp("no", Reason.REFUSED));
        assertThat(budget.next(new DisconnectReason.TooLarge()))
                .isEqualTo(
                        new GiveUp(
                                "The server refused a message because it was too large.",
                                Reason.LOST));
    }

    @Test
    void aFinishedConnectionIsFollowedByAnotherWithoutSpendingAnAttempt() {
        for (int n = 0; n < 10; n++) {
            assertThat(budget.next(new DisconnectReason.Finished())).isEqualTo(new Immediately());
        }
        assertThat(budget.next(LOST)).isEqualTo(new Retry(TWO_SECONDS, 1, 2, "lost"));
    }
}
