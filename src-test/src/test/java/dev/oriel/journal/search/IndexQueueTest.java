package dev.oriel.journal.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class IndexQueueTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final IndexQueue queue = new IndexQueue();

    private IndexQueue.Entry poll(long now) {
        return queue.poll(now).orElseThrow();
    }

    /// Makes a session fail several times, each time as soon as it is due.
    ///
    /// @return the time of the last failure
    private long fail(int session, int times) {
        long now = 0;
        queue.add(session);
        for (int i = 0; i < times; i++) {
            now += i == 0 ? 0 : queue.nanosUntilDue(now);
            queue.addFailed(poll(now), now);
        }
        return now;
    }

    @Test
    void sessionsAreProcessedInTheOrderInWhichTheyWereAdded() {
        queue.add(7);
        queue.add(3);
        queue.add(7);
        assertThat(poll(0).session()).isEqualTo(7);
        assertThat(poll(0).session()).isEqualTo(3);
        assertThat(queue.poll(0)).isEmpty();
    }

    @Test
    void aSessionThatFailedIsNotDueUntilItsDelayHasElapsed() {
        fail(1, 1);
        assertThat(queue.poll(0)).isEmpty();
        assertThat(queue.nanosUntilDue(0)).isEqualTo(SECOND);
        assertThat(queue.poll(SECOND - 1)).isEmpty();
        assertThat(poll(SECOND).session()).isEqualTo(1);
    }

    @Test
    void addingASessionThatFailedDoesNotShortenItsDelay() {
        fail(1, 1);
        queue.add(1);
        assertThat(queue.poll(0)).isEmpty();
        assertThat(queue.nanosUntilDue(0)).isEqualTo(SECOND);
    }

    @Test
    void theDelayDoublesUpToTwoMinutesAlsoIfOtherSessionsSucceed() {
        long now = fail(1, 3);
        assertThat(queue.nanosUntilDue(now)).isEqualTo(4 * SECOND);
        queue.add(2);
        assertThat(poll(now).session()).isEqualTo(2);
        now += 4 * SECOND;
        queue.addFailed(poll(now), now);
        assertThat(queue.nanosUntilDue(now)).isEqualTo(8 * SECOND);
        assertThat(IndexQueue.delay(100))
                .isEqualTo(IndexQueue.delay(1_000))
                .isEqualTo(120 * SECOND);
    }

    @Test
    void aSessionThatFailedDoesNotDelayOthers() {
        fail(1, 5);
        queue.add(2);
        assertThat(queue.nanosUntilDue(0)).isZero();
        assertThat(poll(0).session()).isEqualTo(2);
    }

    @Test
    void aSessionThatSucceedsAfterAFailureStartsAgainWithTheShortestDelay() {
        long now = fail(1, 5);
        now += queue.nanosUntilDue(now);
        poll(now);
        assertThat(queue.hasFailed()).isFalse();
        queue.add(1);
        assertThat(poll(now).failures()).isZero();
    }

    @Test
    void thereIsAFailedSessionUntilItIsTakenOut() {
        assertThat(queue.hasFailed()).isFalse();
        long now = fail(1, 2);
        assertThat(queue.hasFailed()).isTrue();
        poll(now + 2 * SECOND);
        assertThat(queue.hasFailed()).isFalse();
    }

    @Test
    void anEmptyQueueIsNeverDue() {
        assertThat(queue.nanosUntilDue(5)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void timesMayOverflow() {
        long now = Long.MAX_VALUE - 10;
        queue.add(1);
        queue.addFailed(poll(now), now);
        assertThat(queue.poll(now)).isEmpty();
        assertThat(queue.nanosUntilDue(now)).isEqualTo(SECOND);
        assertThat(poll(now + SECOND).session()).isEqualTo(1);
    }
}
