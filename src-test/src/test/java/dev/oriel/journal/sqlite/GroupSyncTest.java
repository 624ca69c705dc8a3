package dev.oriel.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Concurrent callers share one sync, and no caller returns before its commit is on the disk.
class GroupSyncTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger forced = new AtomicInteger();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void callersThatArriveDuringASyncShareTheNextOne() throws Exception {
        var firstIsBusy = new CountDownLatch(1);
        var letGo = new CountDownLatch(1);
        var safety =
                new GroupSync(() -> {
                    if (forced.incrementAndGet() == 1) {
                        firstIsBusy.countDown();
                        awaited(letGo);
                    }
                });
        CompletableFuture<Void> first = waiter(safety);
        firstIsBusy.await();
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            others.add(waiter(safety));
        }
        Awaitility.await().until(() -> safety.pending() == 51);
        assertThat(others)
                .as("no caller is served by a sync that started before it")
                .noneMatch(CompletableFuture::isDone);
        letGo.countDown();
        first.get();
        for (CompletableFuture<Void> other : others) {
            other.get();
        }
        assertThat(forced).hasValue(2);
    }

    @Test
    void aFailureIsReportedToAllCallersAndTheNextCallRetries() throws Exception {
        var safety =
                new GroupSync(() -> {
                    if (forced.incrementAndGet() == 1) {
                        throw new IOException("no space");
                    }
                });
        assertThatThrownBy(safety::sync).isInstanceOf(IOException.class);
        safety.sync();
        assertThat(forced).hasValue(2);
    }

    private CompletableFuture<Void> waiter(GroupSync safety) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        safety.sync();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
