package dev.oriel.dialect;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The requests that one connection may still make. Any thread.
public final class RateLimit {
    private final @Nullable Bucket bucket;

    /// @param rate null for no limit
    public RateLimit(@Nullable Rate rate) {
        bucket =
                rate == null
                        ? null
                        : Bucket.builder()
                                .addLimit(l ->
                                        l.capacity(rate.requests())
                                                .refillIntervally(rate.requests(), rate.per()))
                                .build();
    }

    /// Takes one request, if there is one left.
    ///
    /// @return else the seconds until there is
    public OptionalLong acquire() {
        if (bucket == null) {
            return OptionalLong.empty();
        }
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        1 + TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()));
    }

    /// How many requests one connection may make in a time.
    ///
    /// @param requests at least 1
    /// @param per longer than nothing
    public record Rate(int requests, Duration per) {
        /// If somebody wants a limit and does not say which.
        public static final Rate STANDARD = new Rate(10, Duration.ofSeconds(60));
    }
}
