package dev.oriel.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.await.Patience;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HostedServerTest {
    private final List<String> events = new ArrayList<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final HostedServer server = new HostedServer(this::launch, 6743, tasks::add);
    private boolean broken;

    private ServerLauncher.Running launch(int port) throws IOException {
        if (broken) {
            throw new IllegalStateException("a bug");
        }
        events.add("started");
        return new RecordingServer(port);
    }

    /// A fake server that records its events.
    private final class RecordingServer implements ServerLauncher.Running {
        private final int port;

        RecordingServer(int port) {
            this.port = port;
        }

        @Override
        public int port() {
            return port;
        }

        @Override
        public String token() {
            return "own";
        }

        @Override
        public List<String> busySessions() {
            return List.of();
        }

        @Override
        public int clients() {
            return 1;
        }

        @Override
        public void close() {
            events.add("closed");
        }
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    @Test
    void aSecondStartReturnsThePendingOne() {
        CompletableFuture<ServerState> first = server.start();
        CompletableFuture<ServerState> second = server.start();
        runTasks();
        assertThat(second).isSameAs(first);
        assertThat(first).isCompletedWithValue(new ServerState.Listening(6743, false));
        assertThat(events).containsExactly("started");
    }

    @Test
    void startsAgainAfterAStop() {
        server.start();
        runTasks();
        assertThat(server.stop()).isTrue();
        assertThat(server.stop()).isFalse();
        server.start();
        runTasks();
        assertThat(events).containsExactly("started", "closed", "started");
    }

    @Test
    void anUnexpectedExceptionIsAFailedStateAndStartCanBeRetried() {
        broken = true;
        CompletableFuture<ServerState> first = server.start();
        runTasks();
        assertThat(first.join()).isInstanceOf(ServerState.Failed.class);
        broken = false;
        server.start();
        runTasks();
        assertThat(server.running()).isNotNull();
    }

    @Test
    void closeWaitsForAPendingStartAndStopsIt() throws InterruptedException {
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        HostedServer slow =
                new HostedServer(
                        port -> {
                            starting.countDown();
                            await(proceed);
                            return launch(port);
                        },
                        0,
                        work -> Thread.ofPlatform().daemon().start(work));
        slow.start();
        await(starting);
        Thread closing = Thread.ofPlatform().daemon().start(slow::close);
        proceed.countDown();
        closing.join(10_000);
        assertThat(events).containsExactly("started", "closed");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
