package dev.oriel.app.media;

import dev.oriel.app.fx.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executor;

/// Collects garbage when images were decoded and then, for a while, no more. Pixels are large
/// objects, which the serial collector treats as old, and it grows the heap to its limit before it
/// collects old objects. Without this, the process would keep the memory of all images that the
/// reader has scrolled past.
///
/// A collection stops all threads for some hundredths of a second, so it waits until the reader has
/// stopped. Belongs to the JavaFX thread.
public final class IdleCollection {
    /// Bytes of decoded pixels that are worth a collection.
    static final long ENOUGH = 32L * 1024 * 1024;

    static final Duration IDLE = Duration.ofSeconds(3);

    private final Scheduler scheduler;
    private final Executor background;
    private final Runnable collection;
    private long decoded;
    private Runnable cancel = () -> {};

    /// @param collection runs in the background
    public IdleCollection(Scheduler scheduler, Executor background, Runnable collection) {
        this.scheduler = scheduler;
        this.background = background;
        this.collection = collection;
    }

    /// An image was decoded.
    ///
    /// @param bytes of its pixels
    void onDecoded(long bytes) {
        decoded += bytes;
        cancel.run();
        if (decoded >= ENOUGH) {
            cancel = scheduler.schedule(IDLE, this::collect);
        }
    }

    private void collect() {
        decoded = 0;
        background.execute(collection);
    }
}
