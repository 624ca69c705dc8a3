package dev.oriel.client.compat;

import dev.oriel.client.link.ClientLane;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Calls on the client's lane from any thread.
final class LaneFutures {
    private LaneFutures() {}

    /// Runs a call on the lane, and completes as its outcome does.
    static <T> CompletableFuture<T> call(ClientLane lane, Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        lane.execute(() ->
                call.get()
                        .whenComplete((value, failure) -> {
                            if (failure == null) {
                                result.complete(value);
                            } else {
                                result.completeExceptionally(failure);
                            }
                        }));
        return result;
    }
}
