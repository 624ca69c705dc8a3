package dev.oriel.agent.api;

import dev.oriel.agent.api.cancel.CancelScope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Interrupts the thread of a turn that is still running some time after it was cancelled. Created
/// and closed by that thread.
final class Escalation implements AutoCloseable {
    private static final long SECONDS = 2;

    private final CancelScope.Registration registration;
    private @Nullable Thread turn = Thread.currentThread(); // guarded by this

    Escalation(CancelScope cancel) {
        registration =
                cancel.onCancel(() ->
                        CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS)
                                .execute(this::interrupt));
    }

    private synchronized void interrupt() {
        if (turn != null) {
            turn.interrupt();
        }
    }

    /// The turn has ended. Clears the interrupt that came too late.
    @Override
    public void close() {
        registration.close();
        synchronized (this) {
            turn = null;
        }
        boolean _ = Thread.interrupted();
    }
}
