package dev.oriel.app.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.manual.ManualScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Garbage is collected once after many images, never while they are still being decoded.
class IdleCollectionTest {
    private static final Duration SHORT = IdleCollection.IDLE.minusMillis(1);

    private final ManualScheduler scheduler = new ManualScheduler();
    private int collections;
    private final IdleCollection idle =
            new IdleCollection(scheduler, Runnable::run, () -> collections++);

    @Test
    void collectsOnceWhenNothingWasDecodedForAWhile() {
        idle.onDecoded(IdleCollection.ENOUGH);
        scheduler.advance(SHORT);
        assertThat(collections).isZero();
        idle.onDecoded(1);
        scheduler.advance(SHORT);
        assertThat(collections).isZero();
        scheduler.advance(Duration.ofMillis(1));
        assertThat(collections).isEqualTo(1);
        scheduler.advance(Duration.ofHours(1));
        assertThat(collections).isEqualTo(1);
    }

    @Test
    void aFewImagesAreNotWorthIt() {
        idle.onDecoded(IdleCollection.ENOUGH - 1);
        scheduler.advance(Duration.ofHours(1));
        assertThat(collections).isZero();
        idle.onDecoded(1);
        scheduler.advance(IdleCollection.IDLE);
        assertThat(collections).isEqualTo(1);
        idle.onDecoded(1);
        scheduler.advance(Duration.ofHours(1));
        assertThat(collections).isEqualTo(1);
    }
}
