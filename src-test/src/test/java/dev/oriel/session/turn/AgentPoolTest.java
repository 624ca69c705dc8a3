package dev.oriel.session.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Limits how many agents run at once, and who is next.
class AgentPoolTest {
    private final AgentPool pool = new AgentPool(2);
    private final List<String> calls = new ArrayList<>();
    private final RecordingMember one = new RecordingMember("one");
    private final RecordingMember two = new RecordingMember("two");
    private final RecordingMember three = new RecordingMember("three");
    private final RecordingMember four = new RecordingMember("four");

    private final class RecordingMember implements AgentPool.Member {
        private final String name;

        RecordingMember(String name) {
            this.name = name;
        }

        @Override
        public void stopIfIdle() {
            calls.add(name + " stop if idle");
        }

        @Override
        public void onPlaceFree() {
            calls.add(name + " place free");
        }
    }

    @Test
    void aFullPoolAsksItsMembersToStopIfIdle() {
        assertThat(pool.acquire(one)).isTrue();
        assertThat(pool.acquire(two)).isTrue();
        assertThat(calls).isEmpty();
        assertThat(pool.acquire(three)).isFalse();
        assertThat(calls).containsExactly("one stop if idle", "two stop if idle");
        assertThat(pool.taken()).isEqualTo(2);
    }

    @Test
    void aMemberMayAcquireItsPlaceAgain() {
        pool.acquire(one);
        pool.acquire(two);
        assertThat(pool.acquire(one)).isTrue();
        assertThat(pool.taken()).isEqualTo(2);
    }

    @Test
    void theMemberThatWaitedLongestIsNotifiedFirstAndOnce() {
        fillPool();
        pool.acquire(three);
        pool.acquire(four);
        pool.acquire(three);
        calls.clear();
        pool.release(one);
        assertThat(calls).containsExactly("three place free");
        assertThat(pool.acquire(three)).isTrue();
        pool.release(two);
        assertThat(calls).containsExactly("three place free", "four place free");
    }

    @Test
    void aPlaceThatIsReleasedAtOnceGoesToTheNextMember() {
        fillPool();
        pool.acquire(three);
        pool.acquire(four);
        calls.clear();
        pool.release(one);
        pool.release(three);
        assertThat(calls).containsExactly("three place free", "four place free");
    }

    @Test
    void aMemberThatStoppedWaitingIsNotNotified() {
        fillPool();
        pool.acquire(three);
        pool.acquire(four);
        pool.release(three);
        calls.clear();
        pool.release(one);
        assertThat(calls).containsExactly("four place free");
    }

    @Test
    void anIdleMemberStopsOnlyIfAnotherOneWaits() {
        fillPool();
        pool.onIdle(one);
        assertThat(calls).isEmpty();
        pool.acquire(three);
        calls.clear();
        pool.onIdle(one);
        pool.onIdle(four);
        assertThat(calls).containsExactly("one stop if idle");
    }

    private void fillPool() {
        pool.acquire(one);
        pool.acquire(two);
    }
}
