package dev.oriel.app.conversation.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "-5, 0.1 s",
        "0, 0.1 s",
        "99, 0.1 s",
        "450, 0.4 s",
        "999, 0.9 s",
        "1000, 1 s",
        "59999, 59 s",
        "60000, 1 min",
        "185000, 3 min 5 s",
        "3600000, 1 h 0 min",
        "7800000, 2 h 10 min",
    })
    void aDurationIsFormattedWithItsTwoLargestUnits(long millis, String text) {
        assertThat(Durations.format(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Test
    void timesMayBeAsFarApartAsCanBe() {
        Duration all = Duration.between(Instant.MIN, Instant.MAX);

        assertThat(Durations.format(all)).endsWith(" h 59 min");
        assertThat(Durations.format(all.negated())).isEqualTo("0.1 s");
    }
}
