package dev.oriel.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DaemonTimerTest {
    private final ScheduledThreadPoolExecutor timer = DaemonTimer.create("test-timer");

    @AfterEach
    void shutDown() {
        timer.shutdownNow();
    }

    @Test
    void runsWorkOnADaemonThreadOfTheGivenName() {
        var thread = new CompletableFuture<Thread>();
        timer.execute(() -> thread.complete(Thread.currentThread()));
        Thread timerThread = thread.orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(timerThread.getName()).isEqualTo("test-timer");
        assertThat(timerThread.isDaemon()).isTrue();
    }

    @Test
    void aCancelledTaskLeavesTheQueueAtOnce() {
        Future<?> task = timer.schedule(() -> {}, 1, TimeUnit.DAYS);
        assertThat(timer.getQueue()).hasSize(1);
        task.cancel(false);
        assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void workAfterShutdownIsDiscarded() {
        timer.shutdownNow();
        timer.schedule(() -> {}, 1, TimeUnit.SECONDS);
        assertThat(timer.getQueue()).isEmpty();
    }
}
