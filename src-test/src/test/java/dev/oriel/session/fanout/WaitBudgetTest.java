package dev.oriel.session.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.EventBatch;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How long a session waits for slow subscribers; the test advances the clock.
class WaitBudgetTest {
    private long now = Duration.ofHours(1).toNanos();
    private final WaitBudget budget = new WaitBudget(() -> now);
    private final SlowSubscriber slow = new SlowSubscriber();

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void theFirstWaitLastsAQuarterOfASecondAtMost() {
        assertThat(budget.awaitRoom(slow)).isFalse();
        assertThat(slow.timeouts).containsExactly(Duration.ofMillis(250));
    }

    @Test
    void aSpentBudgetWaitsNoMore() {
        budget.awaitRoom(slow);
        assertThat(budget.awaitRoom(slow)).isFalse();
        assertThat(slow.timeouts).as("not waited for again").hasSize(1);
    }

    @Test
    void aTwentiethOfTheTimeThatPassesIsEarned() {
        budget.awaitRoom(slow);
        pass(Duration.ofMillis(200));
        budget.awaitRoom(slow);
        assertThat(slow.timeouts).last().isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void timeSpentWaitingEarnsNothing() {
        budget.awaitRoom(slow);
        pass(Duration.ofMillis(20));
        budget.awaitRoom(slow);
        assertThat(slow.timeouts).last().isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void neverMoreThanAQuarterOfASecondIsEarned() {
        budget.awaitRoom(slow);
        pass(Duration.ofMinutes(10));
        budget.awaitRoom(slow);
        assertThat(slow.timeouts).last().isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void onlyTheTimeThatWasWaitedIsSpent() {
        slow.roomAfter = Duration.ofMillis(100);
        assertThat(budget.awaitRoom(slow)).isTrue();
        budget.awaitRoom(slow);
        assertThat(slow.timeouts).containsExactly(Duration.ofMillis(250), Duration.ofMillis(150));
    }

    /// Has room after a given time, if the session waits that long.
    private final class SlowSubscriber implements Subscriber {
        private final List<Duration> timeouts = new ArrayList<>();
        private Duration roomAfter = Duration.ofDays(1);

        @Override
        public boolean awaitRoom(Duration timeout) {
            timeouts.add(timeout);
            boolean room = roomAfter.compareTo(timeout) <= 0;
            pass(room ? roomAfter : timeout);
            return room;
        }

        @Override
        public void deliver(EventBatch batch) {
            throw new UnsupportedOperationException("it is only waited for");
        }

        @Override
        public void replay(List<Delivery> page) {
            throw new UnsupportedOperationException("it is only waited for");
        }

        @Override
        public void send(SessionEvent event) {
            throw new UnsupportedOperationException("it is only waited for");
        }

        @Override
        public boolean isFull() {
            return true;
        }

        @Override
        public void whenRoom(Runnable then) {
            throw new UnsupportedOperationException("it is only waited for");
        }

        @Override
        public void onDeleted() {
            throw new UnsupportedOperationException("it is only waited for");
        }

        @Override
        public void onFailed(String reason) {
            throw new UnsupportedOperationException("it is only waited for");
        }
    }
}
