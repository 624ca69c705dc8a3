package dev.oriel.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.manual.ManualClientLane;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// When a connection counts as silent.
class HeartbeatTest {
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final ManualClientLane lane = new ManualClientLane();
    private int pings;
    private int silences;
    private final Heartbeat heartbeat =
            new Heartbeat(lane, INTERVAL, () -> pings++, () -> silences++);

    @Test
    void everyIntervalSendsOnePing() {
        for (int i = 1; i <= 3; i++) {
            lane.advance(INTERVAL);
            assertThat(pings).isEqualTo(i);
            heartbeat.onPong();
        }
        assertThat(silences).isZero();
    }

    @Test
    void aPingThatIsNotAnsweredBeforeTheNextEndsTheConnection() {
        lane.advance(INTERVAL);
        lane.advance(INTERVAL.minusMillis(1));
        assertThat(silences).isZero();
        lane.advance(Duration.ofMillis(1));
        assertThat(silences).isEqualTo(1);
        assertThat(pings).as("no further ping").isEqualTo(1);
    }

    @Test
    void aCheckPingsAtOnceAndWaitsFiveSeconds() {
        heartbeat.check();
        assertThat(pings).isEqualTo(1);
        lane.advance(Duration.ofMillis(4_999));
        assertThat(silences).isZero();
        lane.advance(Duration.ofMillis(1));
        assertThat(silences).isEqualTo(1);
    }

    @Test
    void aCheckThatIsAnsweredChangesNothing() {
        heartbeat.check();
        heartbeat.onPong();
        lane.advance(Duration.ofSeconds(5));
        assertThat(silences).isZero();
        heartbeat.check();
        assertThat(pings).as("a later check pings again").isEqualTo(2);
    }

    @Test
    void aSecondCheckDoesNotExtendTheFirst() {
        heartbeat.check();
        lane.advance(Duration.ofSeconds(4));
        heartbeat.check();
        assertThat(pings).isEqualTo(1);
        lane.advance(Duration.ofSeconds(1));
        assertThat(silences).isEqualTo(1);
    }

    @Test
    void anIntervalThatEndsDuringACheckLeavesTheDecisionToTheCheck() {
        lane.advance(INTERVAL.minusSeconds(1));
        heartbeat.check();
        lane.advance(Duration.ofSeconds(1));
        assertThat(silences).isZero();
        assertThat(pings).isEqualTo(1);
        lane.advance(Duration.ofSeconds(4));
        assertThat(silences).isEqualTo(1);
    }

    @Test
    void nothingHappensAfterTheEnd() {
        heartbeat.check();
        heartbeat.stop();
        assertThat(lane.timers()).isZero();
        lane.advance(Duration.ofMinutes(5));
        assertThat(pings).isEqualTo(1);
        assertThat(silences).isZero();
    }
}
