package dev.oriel.agent.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.manual.ManualScheduler;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A stream that stops.
class StallGuardTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final ManualScheduler scheduler = new ManualScheduler();
    private long now;
    private boolean streamClosed;
    private final StallGuard guard =
            new StallGuard(
                    new ByteArrayInputStream(new byte[0]) {
                        @Override
                        public void close() {
                            streamClosed = true;
                        }
                    },
                    LIMIT,
                    () -> now,
                    scheduler::schedule);

    @Test
    void aStreamWithoutBytesIsClosed() {
        advance(89);
        assertThat(streamClosed).isFalse();
        advance(1);
        assertThat(streamClosed).isTrue();
        assertThat(guard.stalled()).isTrue();
    }

    @Test
    void bytesPostponeTheEnd() {
        advance(80);
        guard.arrived();
        advance(80);
        assertThat(streamClosed).isFalse();
        advance(10);
        assertThat(guard.stalled()).isTrue();
    }

    @Test
    void aStreamThatWasReadIsLeftAlone() {
        guard.close();
        advance(200);
        assertThat(streamClosed).isFalse();
        assertThat(guard.stalled()).isFalse();
    }

    private void advance(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
        scheduler.advance(Duration.ofSeconds(seconds));
    }
}
