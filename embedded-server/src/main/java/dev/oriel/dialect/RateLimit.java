package dev.oriel.dialect;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Limits the request rate of one connection. Thread-safe.
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

    /// Acquires a permit for one request.
    ///
    /// @return empty if it was acquired; otherwise the seconds until the next permit
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

    /// A maximum number of requests per time.
    ///
    /// @param requests at least 1
    /// @param per positive
    public record Rate(int requests, Duration per) {
        /// The limit if the user enables it without a value.
        public static final Rate STANDARD = new Rate(10, Duration.ofSeconds(60));
    }
}
