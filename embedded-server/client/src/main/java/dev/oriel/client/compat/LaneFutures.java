package dev.oriel.client.compat;

import dev.oriel.client.link.ClientLane;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Calls on the client's lane from any thread.
final class LaneFutures {
    private LaneFutures() {}

    /// Runs a call on the lane, and completes as its outcome does. Fails with what the call throws,
    /// and with [CompatRequests#linkLost()] if the lane was closed.
    static <T> CompletableFuture<T> call(ClientLane lane, Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        lane.execute(() -> {
            try {
                call.get()
                        .whenComplete((value, failure) -> {
                            if (failure == null) {
                                result.complete(value);
                            } else {
                                result.completeExceptionally(failure);
                            }
                        });
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
                // For the log of the lane.
                throw e;
            }
        });
        if (lane.isClosed()) {
            // The task may have been dropped.
            result.completeExceptionally(CompatRequests.linkLost());
        }
        return result;
    }
}
