package dev.oriel.app.transcript.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveTimeTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static Item.Notice notice(long seconds) {
        return new Item.Notice("n", 1, Item.Level.WARNING, "Limit.", List.of())
                .withUntil(NOW.plusSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        "-5,     ''",
        "0,      ''",
        "1,      in 1 s",
        "60,     in 60 s",
        "61,     in 2 min",
        "120,    in 2 min",
        "3600,   in 1 h",
        "7500,   in 2 h 5 min",
        "172800, in 2 d",
        "180000, in 2 d 2 h"
    })
    void aNoticeTellsWhenItIsOver(long seconds, String words) {
        assertThat(LiveTime.text(notice(seconds), NOW)).isEqualTo(words);
    }

    @Test
    void theNextFrameIsDueWhenAnotherTimeIsShown() {
        for (long seconds : new long[] {1, 59, 60, 61, 90, 3_601, 90_000}) {
            Item.Notice notice = notice(seconds);
            Duration next = Objects.requireNonNull(LiveTime.untilNext(notice, NOW));
            assertThat(next).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(1));
            assertThat(LiveTime.step(notice, NOW.plus(next)))
                    .isNotEqualTo(LiveTime.step(notice, NOW));
            assertThat(LiveTime.step(notice, NOW.plus(next).minusMillis(1)))
                    .isEqualTo(LiveTime.step(notice, NOW));
        }
    }

    @Test
    void nothingIsDueForWhatShowsNoTime() {
        assertThat(LiveTime.untilNext(notice(0), NOW)).isNull();
        Item plain = new Item.Notice("n", 1, Item.Level.INFO, "x", List.of());
        assertThat(LiveTime.untilNext(plain, NOW)).isNull();
        assertThat(LiveTime.step(plain, NOW)).isEqualTo(LiveTime.step(plain, NOW.plusSeconds(99)));
        Item unknown = new Item.Thinking("t", 1, "", true, null);
        assertThat(LiveTime.untilNext(unknown, NOW)).isNull();
    }

    @Test
    void thinkingThatGoesOnChangesEverySecond() {
        Item thinking = new Item.Thinking("t", 1, "", true, null, NOW, false);
        assertThat(LiveTime.untilNext(thinking, NOW)).isEqualTo(Duration.ofSeconds(1));
        assertThat(LiveTime.step(thinking, NOW))
                .isNotEqualTo(LiveTime.step(thinking, NOW.plusSeconds(1)));
    }
}
