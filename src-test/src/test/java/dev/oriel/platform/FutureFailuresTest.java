package dev.oriel.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FutureFailuresTest {
    private final IOException cause = new IOException("disk full", new RuntimeException("inner"));

    @Test
    void anotherExceptionIsReturnedAsItIs() {
        assertThat(FutureFailures.unwrap(cause)).isSameAs(cause);
    }

    @Test
    void everyWrapperOfAFutureIsRemoved() {
        Throwable wrapped =
                new CompletionException(new ExecutionException(new CompletionException(cause)));
        assertThat(FutureFailures.unwrap(wrapped)).isSameAs(cause);
    }

    @Test
    void aWrapperWithoutACauseIsReturnedItself() {
        Throwable empty = new CompletionException(null);
        assertThat(FutureFailures.unwrap(empty)).isSameAs(empty);
        assertThat(FutureFailures.unwrap(new ExecutionException(empty))).isSameAs(empty);
    }
}
