package dev.oriel.serve;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The time limits of `send`: one for the whole command, one for the time without progress. Times
/// are those of [System#nanoTime].
final class TimeLimits {
    private final long start;
    private final @Nullable Duration total;
    private final Duration withoutProgress;

    /// @param total null for no limit
    TimeLimits(long start, @Nullable Duration total, Duration withoutProgress) {
        this.start = start;
        this.total = total;
        this.withoutProgress = withoutProgress;
    }

    /// Waits for a step without visible progress.
    ///
    /// @throws TimeoutException if a limit is reached; the message is for the user
    <T> T await(CompletableFuture<T> step)
            throws InterruptedException, ExecutionException, TimeoutException {
        long now = System.nanoTime();
        return await(step, () -> now);
    }

    /// Waits for a step.
    ///
    /// @param lastProgress the time of its last progress
    /// @throws TimeoutException if a limit is reached; the message is for the user
    <T> T await(CompletableFuture<T> step, LongSupplier lastProgress)
            throws InterruptedException, ExecutionException, TimeoutException {
        while (true) {
            try {
                return step.get(
                        Math.min(remaining(), untilStalled(lastProgress)), TimeUnit.NANOSECONDS);
            } catch (TimeoutException _) {
                if (remaining() <= 0) {
                    throw new TimeoutException("the time is over");
                }
                if (untilStalled(lastProgress) <= 0) {
                    throw new TimeoutException(
                            "nothing has come from the server for " + text(withoutProgress));
                }
            }
        }
    }

    private long remaining() {
        return total == null ? Long.MAX_VALUE : total.toNanos() - (System.nanoTime() - start);
    }

    private long untilStalled(LongSupplier lastProgress) {
        return withoutProgress.toNanos() - (System.nanoTime() - lastProgress.getAsLong());
    }

    private static String text(Duration time) {
        return time.toMinutes() > 1 ? time.toMinutes() + " minutes" : time.toSeconds() + " s";
    }

    /// Waits for the end of something, whatever it is, but not for long.
    static void awaitEnd(CompletableFuture<?> last, Duration timeout) {
        last.handle((_, _) -> null)
                .completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
