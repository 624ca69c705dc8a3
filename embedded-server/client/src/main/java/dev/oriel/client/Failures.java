package dev.oriel.client;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// Reads the cause of a failed [java.util.concurrent.CompletableFuture].
public final class Failures {
    private Failures() {}

    /// The failure without the wrappers that futures put around it.
    public static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /// The message of the unwrapped failure.
    public static String message(Throwable failure) {
        return String.valueOf(unwrap(failure).getMessage());
    }
}
