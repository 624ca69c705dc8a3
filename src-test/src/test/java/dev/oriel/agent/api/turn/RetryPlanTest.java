package dev.oriel.agent.api.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.agent.api.wire.ApiException.Kind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPlanTest {
    @ParameterizedTest
    @CsvSource({
        "STATUS, 400, invalid_request_error, false",
        "STATUS, 401, authentication_error, false",
        "STATUS, 403, permission_error, false",
        "STATUS, 404, not_found_error, false",
        "STATUS, 408, '', true",
        "STATUS, 409, '', true",
        "STATUS, 413, request_too_large, false",
        "STATUS, 429, rate_limit_error, true",
        "STATUS, 500, api_error, true",
        "STATUS, 503, '', true",
        "STATUS, 529, overloaded_error, true",
        "STATUS, 200, overloaded_error, true",
        "STATUS, 200, invalid_request_error, false",
        "CONNECTION, 0, '', true",
        "STALLED, 0, '', true",
        "TLS, 0, '', false",
        "MALFORMED, 200, '', false"
    })
    void repeatsWhatMayPass(Kind kind, int status, String type, boolean isRepeated) {
        assertThat(RetryPlan.delay(failure(kind, status, type, null), 1, 0).isPresent())
                .isEqualTo(isRepeated);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 500",
        "1, 1, 625",
        "2, 0, 1000",
        "5, 0, 8000",
        "7, 0, 32000",
        "10, 0, 32000",
        "10, 1, 40000"
    })
    void waitsLongerWithEachAttempt(int attempt, double jitter, long millis) {
        assertThat(RetryPlan.delay(failure(Kind.STATUS, 500, "", null), attempt, jitter))
                .isEqualTo(Optional.of(Duration.ofMillis(millis)));
    }

    @ParameterizedTest
    @CsvSource({"500, 10, true", "500, 11, false", "529, 3, true", "529, 4, false"})
    void givesUp(int status, int attempt, boolean isRepeated) {
        assertThat(RetryPlan.delay(failure(Kind.STATUS, status, "", null), attempt, 0).isPresent())
                .isEqualTo(isRepeated);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT0S", "PT7S, PT7S", "PT2M, PT2M", "PT2M1S,"})
    void waitsAsTheServerAsks(Duration asked, @Nullable Duration expected) {
        assertThat(RetryPlan.delay(failure(Kind.STATUS, 429, "", asked), 1, 1))
                .isEqualTo(Optional.ofNullable(expected));
    }

    private static ApiException failure(
            Kind kind, int status, String type, @Nullable Duration retryAfter) {
        return new ApiException(kind, status, type, "Failed.", retryAfter, null);
    }
}
