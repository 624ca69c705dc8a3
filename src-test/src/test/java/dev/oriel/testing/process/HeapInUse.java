package dev.oriel.testing.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.testing.data.RandomFrames;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;

/// What is left in the heap when the garbage is gone, to show that nothing keeps what many frames
/// brought. It measures sizes, not times.
public final class HeapInUse {
    private static final int ROUNDS = 10;

    /// Less than this is the heap's own coming and going.
    private static final long NOISE = 64 * 1024;

    private final RandomFrames frames;
    private final long bytes;
    private final long volume;

    private HeapInUse(RandomFrames frames) {
        this.frames = frames;
        this.bytes = afterCollection();
        this.volume = frames.volume();
    }

    /// Measures now. What the test itself does not need any more, its clients before all, must be
    /// out of its reach.
    public static HeapInUse now(RandomFrames frames) {
        return new HeapInUse(frames);
    }

    /// Since then no more was kept than a quarter of what the frames since then weighed. Whatever
    /// still ends by itself is waited for.
    public void assertFlat() {
        long weight = frames.volume() - volume;
        assertThat(weight).as("frames since the first look").isGreaterThan(3_000_000);
        await().pollInterval(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(afterCollection() - bytes)
                                .as("bytes kept of frames of %,d", weight)
                                .isLessThan(weight / 4));
    }

    /// Collects until there is nothing more to collect: what only references of a weaker kind or a
    /// cleaner hold goes in a later round.
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
