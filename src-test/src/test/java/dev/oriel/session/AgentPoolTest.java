package dev.oriel.session;

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

    private final class Guest implements AgentPool.Tenant {
        private final String name;

        Guest(String name) {
            this.name = name;
        }

        @Override
        public void leaveIfIdle() {
            told.add(name + " leave if idle");
        }

        @Override
        public void placeFree() {
            told.add(name + " place free");
        }
    }

    @Test
    void soManyEnterAndTheNextOneWaitsWhileTheOthersAreAskedToLeave() {
        assertThat(pool.enter(one)).isTrue();
        assertThat(pool.enter(two)).isTrue();
        assertThat(told).isEmpty();
        assertThat(pool.enter(three)).isFalse();
        assertThat(told).containsExactly("one leave if idle", "two leave if idle");
        assertThat(pool.running()).isEqualTo(2);
    }

    @Test
    void whoIsInsideMayEnterAgain() {
        pool.enter(one);
        pool.enter(two);
        assertThat(pool.enter(one)).isTrue();
        assertThat(pool.running()).isEqualTo(2);
    }

    @Test
    void whoWaitedLongestIsToldFirstAndOnlyOnce() {
        full();
        pool.enter(three);
        pool.enter(four);
        pool.enter(three);
        told.clear();
        pool.leave(one);
        assertThat(told).containsExactly("three place free");
        assertThat(pool.enter(three)).isTrue();
        pool.leave(two);
        assertThat(told).containsExactly("three place free", "four place free");
    }

    @Test
    void aPlaceThatIsDeclinedGoesToTheNextOne() {
        full();
        pool.enter(three);
        pool.enter(four);
        told.clear();
        pool.leave(one);
        pool.leave(three);
        assertThat(told).containsExactly("three place free", "four place free");
    }

    @Test
    void whoNoLongerWaitsIsNotTold() {
        full();
        pool.enter(three);
        pool.enter(four);
        pool.leave(three);
        told.clear();
        pool.leave(one);
        assertThat(told).containsExactly("four place free");
    }

    @Test
    void aTenantThatBecomesIdleIsAskedToLeaveOnlyIfSomebodyWaits() {
        full();
        pool.idle(one);
        assertThat(told).isEmpty();
        pool.enter(three);
        told.clear();
        pool.idle(one);
        pool.idle(four);
        assertThat(told).containsExactly("one leave if idle");
    }

    private void full() {
        pool.enter(one);
        pool.enter(two);
    }
}
