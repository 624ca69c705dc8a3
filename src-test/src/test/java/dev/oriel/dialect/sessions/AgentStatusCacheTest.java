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

/// However many ask what agents there are, few looks are made.
class AgentStatusCacheTest {
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final CountDownLatch looking = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile AgentStatus status = new AgentStatus.Ready("1", "/bin/claude");
    private final AgentStatusCache cache = new AgentStatusCache(new Slow(), now::get);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void aHundredRequestsAtTheSameTimeStartOneLook() throws Exception {
        List<Future<AgentStatus>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(threads.submit(() -> cache.get(true)));
        }
        looking.await();
        mayAnswer.countDown();
        for (Future<AgentStatus> answer : answers) {
            assertThat(answer.get()).isEqualTo(status);
        }
        assertThat(looks).hasValue(1);
    }

    @Test
    void whatWasFoundIsGoodForAWhileAndALookAgainSeesWhatIsNew() throws Exception {
        mayAnswer.countDown();
        cache.get(false);
        pass(Duration.ofSeconds(29));
        cache.get(false);
        assertThat(looks).hasValue(1);
        status = new AgentStatus.Ready("2", "/bin/claude");
        assertThat(cache.get(true)).isEqualTo(status);
        assertThat(looks).hasValue(2);
        pass(Duration.ofSeconds(31));
        cache.get(false);
        assertThat(looks).hasValue(3);
    }

    @Test
    void whatIsMissingIsLookedForAgainSoon() throws Exception {
        mayAnswer.countDown();
        status = new AgentStatus.Missing("Not found.", "Install it.");
        cache.get(false);
        pass(Duration.ofSeconds(3));
        status = new AgentStatus.Ready("1", "/bin/claude");
        assertThat(cache.get(false)).isEqualTo(status);
    }

    private final class Slow implements AgentProvider {
        @Override
        public String kind() {
            return "cli";
        }

        @Override
        public AgentStatus status() {
            looks.incrementAndGet();
            looking.countDown();
            try {
                mayAnswer.await();
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
