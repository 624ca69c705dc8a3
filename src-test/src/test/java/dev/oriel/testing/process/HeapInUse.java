package dev.oriel.testing.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.testing.await.Patience;
import dev.oriel.testing.data.RandomFrames;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;

/// Measures the heap in use after garbage collection, to show that no frames are retained. It
/// measures sizes, not times.
public final class HeapInUse {
    private static final int ROUNDS = 10;

    /// Smaller changes are variations of the heap itself.
    private static final long NOISE = 64 * 1024;

    private final RandomFrames frames;
    private final long bytes;
    private final long volume;

    private HeapInUse(RandomFrames frames) {
        this.frames = frames;
        this.bytes = afterCollection();
        this.volume = frames.volume();
    }

    /// Measures the heap. Objects that the test does not need any more, in particular its clients,
    /// must be unreachable.
    public static HeapInUse now(RandomFrames frames) {
        return new HeapInUse(frames);
    }

    /// Asserts that the heap has grown by less than a quarter of the size of the frames sent since
    /// the measurement. Waits for asynchronous clean-up.
    public void assertFlat() {
        long weight = frames.volume() - volume;
        assertThat(weight).as("size of the frames since the measurement").isGreaterThan(3_000_000);
        await().pollInterval(Duration.ofMillis(500))
                .atMost(Patience.LIMIT)
                .untilAsserted(() ->
                        assertThat(afterCollection() - bytes)
                                .as("bytes retained of frames of %,d", weight)
                                .isLessThan(weight / 4));
    }

    /// Collects garbage until the heap does not shrink any more, because objects held by weak
    /// references or cleaners are collected in later rounds.
    private static long afterCollection() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            memory.gc();
            long used = memory.getHeapMemoryUsage().getUsed();
            if (used > least - NOISE) {
                return Math.min(used, least);
            }
            least = used;
        }
        return least;
    }
}
