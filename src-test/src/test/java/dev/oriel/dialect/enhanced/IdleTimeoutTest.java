package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.manual.ManualClock;
import dev.oriel.testing.manual.ManualTimer;
import dev.oriel.testing.manual.RecordingPeer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdleTimeoutTest {
    private final ManualTimer timer = new ManualTimer();
    private final ManualClock clock = new ManualClock();
    private final RecordingPeer peer = new RecordingPeer();
    private boolean busy;

    private IdleTimeout timeout(@Nullable Duration limit) {
        return new IdleTimeout(limit, timer, peer, () -> busy, clock);
    }

    private void pass(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        timer.advance(Duration.ofSeconds(seconds).plusMillis(1));
    }

    private boolean isClosed() {
        return !peer.events().isEmpty();
    }

    @Test
    void aSilentClientIsDisconnected() {
        timeout(Duration.ofSeconds(60));
        pass(59);
        assertThat(isClosed()).isFalse();
        pass(1);
        assertThat(peer.events()).containsExactly("closed 1000 session timeout");
        assertThat(timer.pending()).isZero();
    }

    @Test
    void aFrameProlongsTheTimeByTheWholeLimit() {
        IdleTimeout timeout = timeout(Duration.ofSeconds(60));
        pass(50);
        timeout.touch();
        pass(59);
        assertThat(isClosed()).isFalse();
        pass(1);
        assertThat(isClosed()).isTrue();
    }

    @Test
    void aRunningQueryKeepsTheConnection() {
        timeout(Duration.ofSeconds(60));
        busy = true;
        pass(60);
        pass(60);
        assertThat(isClosed()).isFalse();
        busy = false;
        pass(60);
        assertThat(isClosed()).isTrue();
    }

    @Test
    void withoutALimitNothingIsScheduled() {
        timeout(null).touch();
        assertThat(timer.pending()).isZero();
    }

    @Test
    void afterTheEndNothingIsScheduled() {
        timeout(Duration.ofSeconds(60)).stop();
        assertThat(timer.pending()).isZero();
    }
}
