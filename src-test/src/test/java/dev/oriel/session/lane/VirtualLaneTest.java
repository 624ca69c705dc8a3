package dev.oriel.session.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.await.Patience;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class VirtualLaneTest {
    private final VirtualLane lane = new VirtualLane("test-lane");

    private CompletableFuture<String> next() {
        var done = new CompletableFuture<String>();
        assertThat(lane.post(() -> done.complete("done"))).isTrue();
        return done;
    }

    @Test
    void aTaskRunsAfterOneThatThrows() throws Exception {
        lane.post(() -> {
            throw new IllegalStateException("a bug");
        });
        assertThat(next().get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo("done");
    }

    /// Also if the task was posted before the thread ended.
    @Test
    void aTaskRunsAfterAVirtualMachineError() throws Exception {
        // The error reaches the default handler, which must not attribute it to another test.
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Thread.setDefaultUncaughtExceptionHandler((_, e) -> uncaught.add(e));
        try {
            throwAndRunAnotherTask();
            // Otherwise Awaitility would replace our handler.
            Awaitility.await().dontCatchUncaughtExceptions().until(() -> uncaught.size() == 2);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(uncaught).allMatch(e -> e instanceof StackOverflowError);
    }

    private void throwAndRunAnotherTask() throws Exception {
        for (boolean waiting : List.of(true, false)) {
            var hold = new CountDownLatch(waiting ? 1 : 0);
            lane.post(() -> {
                try {
                    hold.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                throw new StackOverflowError("too deep");
            });
            var after = waiting ? next() : new CompletableFuture<String>();
            hold.countDown();
            assertThat((waiting ? after : next()).get(Patience.SECONDS, TimeUnit.SECONDS))
                    .isEqualTo("done");
        }
    }
}
