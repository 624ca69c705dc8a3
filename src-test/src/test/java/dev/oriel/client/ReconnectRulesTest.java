package dev.oriel.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconnectRulesTest {
    @Test
    void pausesOnTheOwnWireGrowToAMinuteAndStayThere() {
        assertThat(
                        IntStream.rangeClosed(1, 8)
                                .mapToObj(ReconnectRules.OWN_WIRE::pause)
                                .map(Duration::toSeconds))
                .containsExactly(2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        assertThat(ReconnectRules.OWN_WIRE.pause(ReconnectRules.UNLIMITED)).hasMinutes(1);
        assertThat(Kind.NATIVE.rules()).isEqualTo(ReconnectRules.OWN_WIRE);
    }

    @Test
    void pausesOfOtherKindsStayAsTheirDocumentsHaveThem() {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.NATIVE) {
                assertThat(kind.rules().unlimited()).as(kind.word()).isFalse();
                assertThat(kind.rules().pause(5)).as(kind.word()).hasSeconds(2);
            }
        }
    }
}
