package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The number of checks does not depend on the number of requests.
class AgentStatusCacheTest {
    private final AtomicInteger checks = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private final CountDownLatch proceed = new CountDownLatch(1);
    private final CountDownLatch checking = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile AgentStatus status = new AgentStatus.Ready("1", "/bin/claude");
    private final AgentStatusCache cache = new AgentStatusCache(new SlowProvider(), now::get);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private void advance(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void aHundredConcurrentRequestsShareOneCheck() throws Exception {
        List<Future<AgentStatus>> results = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            results.add(threads.submit(() -> cache.get(true)));
        }
        checking.await();
        proceed.countDown();
        for (Future<AgentStatus> result : results) {
            assertThat(result.get()).isEqualTo(status);
        }
        assertThat(checks).hasValue(1);
    }

    @Test
    void cachesAReadyStatusAndRefreshesOnRequest() throws Exception {
        proceed.countDown();
        cache.get(false);
        advance(Duration.ofSeconds(29));
        cache.get(false);
        assertThat(checks).hasValue(1);
        status = new AgentStatus.Ready("2", "/bin/claude");
        assertThat(cache.get(true)).isEqualTo(status);
        assertThat(checks).hasValue(2);
        advance(Duration.ofSeconds(31));
        cache.get(false);
        assertThat(checks).hasValue(3);
    }

    @Test
    void cachesAMissingStatusForAShortTime() throws Exception {
        proceed.countDown();
        status = new AgentStatus.Missing("Not found.", "Install it.");
        cache.get(false);
        advance(Duration.ofSeconds(3));
        status = new AgentStatus.Ready("1", "/bin/claude");
        assertThat(cache.get(false)).isEqualTo(status);
    }

    private final class SlowProvider implements AgentProvider {
        @Override
        public String kind() {
            return "cli";
        }

        @Override
        public AgentStatus status() {
            checks.incrementAndGet();
            checking.countDown();
            try {
                proceed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return status;
        }

        @Override
        public Agent start(AgentLaunch launch, AgentListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
