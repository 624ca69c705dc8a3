package dev.oriel.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {
    @Test
    void delaysOfTheNativeKindGrowToAMinute() {
        assertThat(
                        IntStream.rangeClosed(1, 8)
                                .mapToObj(ReconnectPolicy.SESSIONS::delayBefore)
                                .map(Duration::toSeconds))
                .containsExactly(2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        assertThat(ReconnectPolicy.SESSIONS.delayBefore(ReconnectPolicy.UNLIMITED)).hasMinutes(1);
        assertThat(ServerKind.NATIVE.reconnectPolicy()).isEqualTo(ReconnectPolicy.SESSIONS);
    }

    @Test
    void delaysOfOtherKindsAreConstant() {
        for (ServerKind kind : ServerKind.values()) {
            if (kind != ServerKind.NATIVE) {
                assertThat(kind.reconnectPolicy().isUnlimited()).as(kind.id()).isFalse();
                assertThat(kind.reconnectPolicy().delayBefore(5)).as(kind.id()).hasSeconds(2);
            }
        }
    }
}
