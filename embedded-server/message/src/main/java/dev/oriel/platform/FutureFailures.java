package dev.oriel.platform;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// Finds what really failed in a future.
public final class FutureFailures {
    private FutureFailures() {}

    /// Removes all [CompletionException]s and [ExecutionException]s around a failure.
    ///
    /// @return the first cause of another type; the innermost exception if it has no cause
    public static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while (inner instanceof CompletionException || inner instanceof ExecutionException) {
            Throwable cause = inner.getCause();
            if (cause == null) {
                return inner;
            }
            inner = cause;
        }
        return inner;
    }

    /// The message of the unwrapped failure.
    public static String message(Throwable failure) {
        return String.valueOf(unwrap(failure).getMessage());
    }
}
