package dev.oriel.app.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestPaceTest {
    private long now = Long.MAX_VALUE - 1_000_000;
    private final RequestPace pace = new RequestPace(() -> now);

    private Duration after(int millis) {
        now += Duration.ofMillis(millis).toNanos();
        return pace.next();
    }

    @Test
    void theImagesThatAreInSightAtFirstAreLoadedAtOnce() {
        assertThat(pace.next()).isZero();
        assertThat(after(0)).isZero();
        assertThat(after(9)).isZero();
    }

    /// The clock may overflow.
    @Test
    void anImageThatFollowsAfterAWhileIsLoadedAtOnce() {
        pace.next();
        assertThat(after(150)).isZero();
        assertThat(after(5_000)).isZero();
    }

    @Test
    void imagesThatFollowOneAnotherQuicklyHaveToStay() {
        pace.next();
        assertThat(after(16)).isEqualTo(RequestPace.HOLD);
        assertThat(after(2)).as("of the same frame").isEqualTo(RequestPace.HOLD);
        assertThat(after(149)).isEqualTo(RequestPace.HOLD);
        assertThat(after(150)).isZero();
    }
}
