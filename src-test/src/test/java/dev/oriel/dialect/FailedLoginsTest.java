package dev.oriel.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.log.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Replies to wrong tokens are delayed per address.
class FailedLoginsTest {
    private final AtomicLong now = new AtomicLong(-5_000_000_000L);
    private final AtomicInteger counter = new AtomicInteger();
    private final AtomicInteger replies = new AtomicInteger();
    private final DelayLog timer = new DelayLog();
    private final FailedLogins failed = new FailedLogins(timer, now::get, counter::incrementAndGet);

    /// Records the delays of scheduled tasks and does not run the tasks.
    private static final class DelayLog extends ScheduledThreadPoolExecutor {
        private final List<Long> millis = new ArrayList<>();

        DelayLog() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            millis.add(unit.toMillis(delay));
            return super.schedule(() -> {}, 0, unit);
        }
    }

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    private void fail(int times, String address) {
        for (int i = 0; i < times; i++) {
            failed.reply(address, replies::incrementAndGet);
        }
    }

    private void advanceSeconds(long seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void threeRepliesAreImmediateAndFurtherDelaysDouble() {
        fail(3, "127.0.0.1");
        assertThat(replies).hasValue(3);
        fail(8, "127.0.0.1");
        assertThat(replies).hasValue(3);
        assertThat(timer.millis)
                .containsExactly(200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L, 5_000L);
        assertThat(counter).hasValue(11);
    }

    @Test
    void countsEachAddressSeparately() {
        fail(10, "192.0.2.1");
        fail(3, "192.0.2.2");
        assertThat(replies).hasValue(6);
    }

    @Test
    void countsAnIpv6NetworkAsOneAddress() {
        fail(3, "2001:db8:0:7:0:0:0:1");
        fail(1, "2001:db8:0:7:a:b:c:d");
        assertThat(timer.millis).containsExactly(200L);
        fail(1, "2001:db8:0:8:0:0:0:1");
        assertThat(timer.millis).hasSize(1);
    }

    @Test
    void decreasesTheCountByOneEveryTenSeconds() {
        fail(1_000, "127.0.0.1");
        advanceSeconds(160);
        fail(3, "127.0.0.1");
        assertThat(timer.millis).hasSize(997);
        advanceSeconds(10);
        timer.millis.clear();
        fail(2, "127.0.0.1");
        assertThat(timer.millis).containsExactly(200L);
    }

    @Test
    void removesTheLeastRecentlyFailedAddressAtTheLimit() {
        fail(10, "192.0.2.1");
        for (int i = 0; i < 5_000; i++) {
            fail(1, "10.0.%d.%d".formatted(i / 256, i % 256));
        }
        timer.millis.clear();
        fail(1, "192.0.2.1");
        assertThat(timer.millis).isEmpty();
    }

    @Test
    void logsAnUnknownAddress() {
        try (CapturedLog log = CapturedLog.of(FailedLogins.class)) {
            fail(1, "");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("from an unknown address (1 since");
        }
    }

    @Test
    void logsAtMostOneLinePerMinuteWithTheTotal() {
        try (var log = CapturedLog.of(FailedLogins.class)) {
            fail(500, "127.0.0.1");
            assertThat(log.lines()).singleElement().asString().contains("127.0.0.1", "(1 since");
            advanceSeconds(61);
            fail(10, "192.0.2.1");
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().getLast()).contains("192.0.2.1", "(501 since");
        }
    }
}
