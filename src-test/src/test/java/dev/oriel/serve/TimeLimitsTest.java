package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimeLimitsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final CompletableFuture<String> NEVER = new CompletableFuture<>();

    private static TimeLimits limits(
            Duration ago, @Nullable Duration total, Duration withoutProgress) {
        return new TimeLimits(System.nanoTime() - ago.toNanos(), total, withoutProgress);
    }

    @Test
    void aStepThatIsDoneIsReturned() throws Exception {
        TimeLimits limits = limits(Duration.ZERO, HOUR, HOUR);
        assertThat(limits.await(CompletableFuture.completedFuture("done"))).isEqualTo("done");
        assertThatThrownBy(() ->
                        limits.await(
                                CompletableFuture.failedFuture(new IllegalStateException("x"))))
                .isInstanceOf(ExecutionException.class);
    }

    @Test
    void theTotalTimeCountsFromTheStartOfTheCommand() {
        assertThatThrownBy(() -> limits(HOUR, Duration.ofMinutes(59), HOUR).await(NEVER))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("the time is over");
    }

    @Test
    void progressExtendsTheTimeWithoutProgress() throws Exception {
        CompletableFuture<String> step = new CompletableFuture<>();
        long[] looks = new long[1];
        LongSupplier progress =
                () -> {
                    if (++looks[0] == 5) {
                        step.complete("done");
                    }
                    return System.nanoTime();
                };
        assertThat(limits(Duration.ZERO, null, Duration.ofMillis(1)).await(step, progress))
                .isEqualTo("done");
    }

    @Test
    void aStalledStepIsGivenUp() {
        assertThatThrownBy(() ->
                        limits(Duration.ZERO, null, Duration.ofMinutes(5))
                                .await(NEVER, () -> System.nanoTime() - HOUR.toNanos()))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("nothing has come from the server for 5 minutes");
    }

    @Test
    void theEndOfSomethingIsAwaitedOnlyForALimitedTime() {
        TimeLimits.awaitEnd(NEVER, Duration.ofMillis(1));
        TimeLimits.awaitEnd(CompletableFuture.failedFuture(new IllegalStateException("x")), HOUR);
    }
}
