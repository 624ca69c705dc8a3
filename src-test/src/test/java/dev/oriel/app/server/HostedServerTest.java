package dev.oriel.app.server;

import static org.assertj.core.api.Assertions.assertThat;

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
    private final List<String> happened = new ArrayList<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final HostedServer hosting = new HostedServer(this::started, 6743, later::add);
    private boolean broken;

    private ServerLauncher.Running started(int port) throws IOException {
        if (broken) {
            throw new IllegalStateException("a bug");
        }
        happened.add("started");
        return new Paper(port);
    }

    /// A server that only exists on paper.
    private final class Paper implements ServerLauncher.Running {
        private final int port;

        Paper(int port) {
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
            happened.add("closed");
        }
    }

    private void run() {
        while (!later.isEmpty()) {
            later.poll().run();
        }
    }

    @Test
    void whoAsksSecondGetsTheStartThatIsUnderWay() {
        CompletableFuture<ServerState> first = hosting.start();
        CompletableFuture<ServerState> second = hosting.start();
        run();
        assertThat(second).isSameAs(first);
        assertThat(first).isCompletedWithValue(new ServerState.Listening(6743, false));
        assertThat(happened).containsExactly("started");
    }

    @Test
    void startsAnewAfterItWasStopped() {
        hosting.start();
        run();
        assertThat(hosting.stop()).isTrue();
        assertThat(hosting.stop()).isFalse();
        hosting.start();
        run();
        assertThat(happened).containsExactly("started", "closed", "started");
    }

    @Test
    void evenABugIsAWordAndCanBeTriedAgain() {
        broken = true;
        CompletableFuture<ServerState> first = hosting.start();
        run();
        assertThat(first.join()).isInstanceOf(ServerState.Failed.class);
        broken = false;
        hosting.start();
        run();
        assertThat(hosting.running()).isNotNull();
    }

    @Test
    void endsWhatHasOnlyBegunToStart() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        HostedServer slow =
                new HostedServer(
                        port -> {
                            begun.countDown();
                            await(goOn);
                            return started(port);
                        },
                        0,
                        work -> Thread.ofPlatform().daemon().start(work));
        slow.start();
        await(begun);
        Thread closing = Thread.ofPlatform().daemon().start(slow::close);
        goOn.countDown();
        closing.join(10_000);
        assertThat(happened).containsExactly("started", "closed");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
