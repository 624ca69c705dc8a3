package dev.oriel.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectivityMonitorTest {
    private Set<String> addresses = Set.of("192.0.2.7");
    private Instant wall = Instant.parse("2026-11-27T10:00:00Z");

    /// Of a clock that was started long ago.
    private long nanos = Duration.ofDays(3).toNanos();

    private final Clock clock =
            new Clock() {
                @Override
                public Instant instant() {
                    return wall;
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            };

    private final ConnectivityMonitor connectivity =
            new ConnectivityMonitor(() -> addresses, clock, () -> nanos);

    private void passes(Duration byTheWall, Duration awake) {
        wall = wall.plus(byTheWall);
        nanos += awake.toNanos();
    }

    @Test
    void detectsANewNetworkButNotALostOne() {
        assertThat(connectivity.hasChanged()).isFalse();
        addresses = Set.of();
        assertThat(connectivity.hasChanged()).isFalse();
        addresses = Set.of("198.51.100.3");
        assertThat(connectivity.hasChanged()).isTrue();
        assertThat(connectivity.hasChanged()).isFalse();
    }

    @Test
    void detectsTheEndOfSleepButNeitherPassingTimeNorAnAdjustedClock() {
        passes(Duration.ofSeconds(30), Duration.ofSeconds(30));
        assertThat(connectivity.hasChanged()).isFalse();
        passes(Duration.ofHours(8), Duration.ofSeconds(2));
        assertThat(connectivity.hasChanged()).isTrue();
        passes(Duration.ofHours(-8), Duration.ofSeconds(2));
        assertThat(connectivity.hasChanged()).isFalse();
    }
}
