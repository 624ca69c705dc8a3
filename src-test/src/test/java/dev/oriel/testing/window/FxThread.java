package dev.oriel.testing.window;

import static org.awaitility.Awaitility.await;

import dev.oriel.testing.await.Patience;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javafx.application.Platform;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.testfx.util.WaitForAsyncUtils;

/// Runs what tests read and do on the JavaFX thread, and waits there for conditions.
public final class FxThread {
    private static final Duration PATIENCE = Patience.LIMIT;

    private FxThread() {}

    /// Runs work on the JavaFX thread and waits for it. What is read in one call belongs to one
    /// moment. On the JavaFX thread itself the work runs at once.
    public static <T> T on(Callable<T> work) {
        try {
            return Platform.isFxApplicationThread()
                    ? work.call()
                    : WaitForAsyncUtils.asyncFx(work).get(Patience.SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            throw e;
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        } catch (Exception e) {
            throw new AssertionError("the work failed on the JavaFX thread", e);
        }
    }

    /// Runs work on the JavaFX thread and waits for it.
    public static void run(Runnable work) {
        on(() -> {
            work.run();
            return true;
        });
    }

    /// Waits until a condition holds, which is evaluated on the JavaFX thread.
    public static void until(Callable<Boolean> condition) {
        until(condition, () -> "");
    }

    /// Waits until a condition holds, which is evaluated on the JavaFX thread. One that reads
    /// something that is not there yet does not hold yet.
    ///
    /// @param describe describes for the error what is there, on the JavaFX thread
    public static void until(Callable<Boolean> condition, Supplier<String> describe) {
        AtomicReference<@Nullable RuntimeException> missing = new AtomicReference<>();
        try {
            await().atMost(PATIENCE).until(() -> on(() -> holds(condition, missing)));
        } catch (ConditionTimeoutException e) {
            AssertionError failure = new AssertionError(e.getMessage() + "\n" + on(describe::get));
            failure.initCause(e);
            RuntimeException last = missing.get();
            if (last != null) {
                failure.addSuppressed(last);
            }
            throw failure;
        }
    }

    private static boolean holds(
            Callable<Boolean> condition, AtomicReference<@Nullable RuntimeException> missing)
            throws Exception {
        missing.set(null);
        try {
            return condition.call();
        } catch (NullPointerException | NoSuchElementException e) {
            missing.set(e);
            return false;
        }
    }
}
