package dev.oriel.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Tasks of one connection, one after the other.
@Timeout(30)
class MailboxTest {
    private final AtomicInteger emptied = new AtomicInteger();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<String> ran = new CopyOnWriteArrayList<>();
    private final Mailbox mailbox = new Mailbox(emptied::incrementAndGet, failures::add);

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void tasksRunInOrder() {
        for (int i = 0; i < 100; i++) {
            String name = "" + i;
            mailbox.enqueue(1, () -> ran.add(name));
        }
        await().until(mailbox::isIdle);
        assertThat(ran).hasSize(100).startsWith("0", "1", "2").endsWith("98", "99");
    }

    @Test
    void theBytesOfATaskCountUntilItHasRun() {
        var latch = new CountDownLatch(1);
        mailbox.enqueue(10, () -> awaitLatch(latch));
        mailbox.enqueue(5, () -> {});
        assertThat(mailbox.bytes()).isEqualTo(15);
        assertThat(mailbox.isIdle()).isFalse();
        latch.countDown();
        await().until(mailbox::isIdle);
        assertThat(mailbox.bytes()).isZero();
    }

    @Test
    void aTaskThatThrowsIsReportedAndTheOthersRun() {
        var failure = new StackOverflowError("of a test");
        mailbox.enqueue(
                1,
                () -> {
                    throw failure;
                });
        mailbox.enqueue(1, () -> ran.add("next"));
        await().until(() -> ran.contains("next"));
        assertThat(failures).containsExactly(failure);
    }

    @Test
    void theEndOfTheLastTaskIsReported() {
        mailbox.enqueue(1, () -> ran.add("only"));
        await().until(() -> emptied.get() == 1);
        mailbox.enqueue(1, () -> ran.add("another"));
        await().until(() -> emptied.get() == 2);
    }
}
