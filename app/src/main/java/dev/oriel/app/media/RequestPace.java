package dev.oriel.app.media;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Decides when an image is loaded. Images that come into sight one soon after another are scrolled
/// past: each is loaded only if it stays in sight. Decoding all of them would cost processor time
/// and some megabytes of garbage each, for pictures that nobody sees.
///
/// Belongs to the JavaFX thread.
final class RequestPace {
    /// Requests of one frame come closer to each other than this.
    static final Duration FRAME = Duration.ofMillis(10);

    /// Requests that follow another one sooner are of images that are scrolled past.
    static final Duration QUICK = Duration.ofMillis(150);

    /// An image of half a window leaves it earlier at some 5,000 pixels a second.
    static final Duration HOLD = Duration.ofMillis(250);

    private final LongSupplier nanoTime;
    private long last;
    private boolean any;
    private Duration delay = Duration.ZERO;

    RequestPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// An image came into sight.
    ///
    /// @return after which time it is to be loaded
    Duration next() {
        long now = nanoTime.getAsLong();
        long since = now - last;
        if (!any || since >= QUICK.toNanos()) {
            delay = Duration.ZERO;
        } else if (since >= FRAME.toNanos()) {
            delay = HOLD;
        }
        any = true;
        last = now;
        return delay;
    }
}
