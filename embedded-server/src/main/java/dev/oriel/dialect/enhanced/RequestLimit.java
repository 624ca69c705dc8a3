package dev.oriel.dialect.enhanced;

import io.github.bucket4j.Bucket;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The requests that one connection may still make. Any thread.
final class RequestLimit {
    private final @Nullable Bucket bucket;

    RequestLimit(EnhancedSettings.@Nullable Rate rate) {
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
    OptionalLong take() {
        if (bucket == null) {
            return OptionalLong.empty();
        }
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        1 + TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()));
    }
}
