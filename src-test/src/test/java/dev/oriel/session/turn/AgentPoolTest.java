package dev.oriel.session.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How many agents run at once, and who is next.
class AgentPoolTest {
    private final AgentPool pool = new AgentPool(2);
    private final List<String> told = new ArrayList<>();
    private final Guest one = new Guest("one");
    private final Guest two = new Guest("two");
    private final Guest three = new Guest("three");
    private final Guest four = new Guest("four");

    private final class Guest implements AgentPool.Member {
        private final String name;

        Guest(String name) {
            this.name = name;
        }

        @Override
        public void stopIfIdle() {
            told.add(name + " leave if idle");
        }

        @Override
        public void onPlaceFree() {
            told.add(name + " place free");
        }
    }

    @Test
    void soManyEnterAndTheNextOneWaitsWhileTheOthersAreAskedToLeave() {
        assertThat(pool.acquire(one)).isTrue();
        assertThat(pool.acquire(two)).isTrue();
        assertThat(told).isEmpty();
        assertThat(pool.acquire(three)).isFalse();
        assertThat(told).containsExactly("one leave if idle", "two leave if idle");
        assertThat(pool.running()).isEqualTo(2);
    }

    @Test
    void whoIsInsideMayEnterAgain() {
        pool.acquire(one);
        pool.acquire(two);
        assertThat(pool.acquire(one)).isTrue();
        assertThat(pool.running()).isEqualTo(2);
    }

    @Test
    void whoWaitedLongestIsToldFirstAndOnlyOnce() {
        full();
        pool.acquire(three);
        pool.acquire(four);
        pool.acquire(three);
        told.clear();
        pool.release(one);
        assertThat(told).containsExactly("three place free");
        assertThat(pool.acquire(three)).isTrue();
        pool.release(two);
        assertThat(told).containsExactly("three place free", "four place free");
    }

    @Test
    void aPlaceThatIsDeclinedGoesToTheNextOne() {
        full();
        pool.acquire(three);
        pool.acquire(four);
        told.clear();
        pool.release(one);
        pool.release(three);
        assertThat(told).containsExactly("three place free", "four place free");
    }

    @Test
    void whoNoLongerWaitsIsNotTold() {
        full();
        pool.acquire(three);
        pool.acquire(four);
        pool.release(three);
        told.clear();
        pool.release(one);
        assertThat(told).containsExactly("four place free");
    }

    @Test
    void aTenantThatBecomesIdleIsAskedToLeaveOnlyIfSomebodyWaits() {
        full();
        pool.onIdle(one);
        assertThat(told).isEmpty();
        pool.acquire(three);
        told.clear();
        pool.onIdle(one);
        pool.onIdle(four);
        assertThat(told).containsExactly("one leave if idle");
    }

    private void full() {
        pool.acquire(one);
        pool.acquire(two);
    }
}
