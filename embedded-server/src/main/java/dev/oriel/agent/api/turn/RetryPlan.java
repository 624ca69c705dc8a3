package dev.oriel.agent.api.turn;

import dev.oriel.agent.api.wire.ApiException;
import java.time.Duration;
import java.util.Optional;

/// When a failed request is repeated. Pure.
///
/// Waits 0.5 s, doubled with each attempt up to 32 s, plus up to a quarter; what the server asks
/// for goes before that.
final class RetryPlan {
    static final int MAX_ATTEMPTS = 10;
    private static final int MAX_OVERLOADED = 3;
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(32);
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(2);

    private RetryPlan() {}

    /// @param attempt the number of attempts that have failed, from 1
    /// @param jitter from 0 to 1
    /// @return how long to wait before the next attempt; empty to give up
    static Optional<Duration> delay(ApiException failure, int attempt, double jitter) {
        if (!isTransient(failure) || attempt > maximum(failure)) {
            return Optional.empty();
        }
        Duration asked = failure.retryAfter();
        if (asked != null) {
            return asked.compareTo(LONGEST_ASKED) > 0 ? Optional.empty() : Optional.of(asked);
        }
        long millis = Math.min(FIRST.toMillis() << Math.min(attempt - 1, 20), LONGEST.toMillis());
        return Optional.of(Duration.ofMillis(millis + (long) (millis * 0.25 * jitter)));
    }

    static int maximum(ApiException failure) {
        return failure.status() == 529 ? MAX_OVERLOADED : MAX_ATTEMPTS;
    }

    private static boolean isTransient(ApiException failure) {
        if (ApiErrors.isTooLong(failure)) {
            return false; // some local servers say it with a 500
        }
        return switch (failure.kind()) {
            case CONNECTION, STALLED -> true;
            case TLS, MALFORMED -> false;
            case STATUS -> {
                int status = failure.status();
                // An error in the stream has no status of its own.
                yield status == 408
                        || status == 409
                        || status == 429
                        || status >= 500
                        || failure.errorType().equals("overloaded_error")
                        || failure.errorType().equals("api_error")
                        || failure.errorType().equals("timeout_error")
                        || failure.errorType().equals("rate_limit_error");
            }
        };
    }
}
