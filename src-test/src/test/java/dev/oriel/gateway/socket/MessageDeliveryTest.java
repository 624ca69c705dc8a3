package dev.oriel.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.dialect.DialectConnection;
import dev.oriel.gateway.codec.DecodedFrame;
import dev.oriel.gateway.codec.ReceiveBudget;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Messages of one client on their way to its dialect.
class MessageDeliveryTest {
    private static final int BUDGET = 10;

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final ReceiveBudget budget = new ReceiveBudget(BUDGET);
    private final MessageDelivery delivery =
            new MessageDelivery(new RecordingMeter(), budget, () -> {}, failures::add);

    private void enqueue(String text) {
        delivery.enqueue(new DecodedFrame.Text(text, text.length(), 0));
    }

    private List<String> eventsAfterAll() {
        await().until(delivery::isIdle);
        return events;
    }

    @Test
    void theConnectComesFirstAndTheCloseLast() {
        delivery.connect(() -> new RecordingConnection("a"));
        enqueue("one");
        delivery.enqueue(new DecodedFrame.Binary(3));
        enqueue("two");
        delivery.enqueueClose();
        assertThat(eventsAfterAll())
                .containsExactly(
                        "received 3",
                        "a one",
                        "a binary 3",
                        "received 3",
                        "a two",
                        "closed",
                        "a closed");
        assertThat(delivery.isServed()).isTrue();
    }

    @Test
    void aMessageAfterTheCloseIsDroppedAndItsMemoryReleased() {
        delivery.connect(() -> new RecordingConnection("a"));
        delivery.enqueueClose();
        assertThat(budget.tryReserve(BUDGET)).isTrue();
        delivery.enqueue(new DecodedFrame.Text("late", 4, BUDGET));
        delivery.enqueue(new DecodedFrame.Binary(3));
        assertThat(eventsAfterAll()).containsExactly("closed", "a closed");
        assertThat(budget.tryReserve(BUDGET)).isTrue();
    }

    @Test
    void theCloseIsReportedOnceAlthoughBothSidesNoticeIt() {
        delivery.connect(() -> new RecordingConnection("a"));
        delivery.enqueueClose();
        delivery.enqueueClose(() -> events.add("then"));
        delivery.enqueueClose();
        assertThat(eventsAfterAll()).containsExactly("closed", "a closed", "then");
    }

    @Test
    void aClientThatDisconnectsFirstIsNotConnected() {
        var latch = new CountDownLatch(1);
        delivery.enqueueTask(() -> awaitLatch(latch));
        delivery.enqueueClose();
        delivery.connect(() -> new RecordingConnection("a"));
        latch.countDown();
        assertThat(eventsAfterAll()).containsExactly("closed");
        assertThat(delivery.isServed()).isFalse();
    }

    @Test
    void theSuccessorReceivesTheNextMessageAndTheClose() {
        delivery.connect(() -> new Handover(new RecordingConnection("admitted")));
        enqueue("login");
        enqueue("next");
        delivery.enqueueClose();
        assertThat(eventsAfterAll())
                .containsExactly(
                        "received 5",
                        "login",
                        "received 4",
                        "admitted next",
                        "closed",
                        "admitted closed");
    }

    @Test
    void aDialectThatFailsIsReportedAndReceivesTheCloseNevertheless() {
        var failure = new IllegalStateException("of a test");
        assertThat(budget.tryReserve(BUDGET)).isTrue();
        delivery.connect(() ->
                new RecordingConnection("a") {
                    @Override
                    public void onText(String text) {
                        throw failure;
                    }
                });
        delivery.enqueue(new DecodedFrame.Text("x", 1, BUDGET));
        delivery.enqueueClose();
        assertThat(eventsAfterAll()).containsExactly("received 1", "closed", "a closed");
        assertThat(failures).containsExactly(failure);
        assertThat(budget.tryReserve(BUDGET)).as("its memory is released").isTrue();
    }

    @Test
    void aDialectThatCannotConnectReceivesNothing() {
        var failure = new IllegalStateException("of a test");
        delivery.connect(() -> {
            throw failure;
        });
        enqueue("x");
        delivery.enqueueClose();
        assertThat(eventsAfterAll()).containsExactly("closed");
        assertThat(failures).containsExactly(failure);
    }

    @Test
    void everyMessageCountsAsMemoryEvenAnEmptyOne() {
        var latch = new CountDownLatch(1);
        delivery.enqueueTask(() -> awaitLatch(latch));
        assertThat(delivery.unhandledBytes()).isZero();
        enqueue("");
        long empty = delivery.unhandledBytes();
        assertThat(empty).isPositive();
        enqueue("text");
        assertThat(delivery.unhandledBytes()).isEqualTo(2 * empty + 4);
        latch.countDown();
        await().until(delivery::isIdle);
        assertThat(delivery.unhandledBytes()).isZero();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private class RecordingConnection implements DialectConnection {
        private final String name;

        RecordingConnection(String name) {
            this.name = name;
        }

        @Override
        public void onText(String text) {
            events.add(name + " " + text);
        }

        @Override
        public void onBinary(int bytes) {
            events.add(name + " binary " + bytes);
        }

        @Override
        public void onClosed() {
            events.add(name + " closed");
        }
    }

    /// A login that admits the client with the first message.
    private final class Handover implements DialectConnection {
        private final DialectConnection next;
        private boolean done;

        Handover(DialectConnection next) {
            this.next = next;
        }

        @Override
        public void onText(String text) {
            events.add(text);
            done = true;
        }

        @Override
        public void onBinary(int bytes) {}

        @Override
        public void onClosed() {
            events.add("login closed");
        }

        @Override
        public DialectConnection successor() {
            return done ? next : this;
        }
    }

    private final class RecordingMeter implements SocketMeter {
        @Override
        public void onOpened() {}

        @Override
        public void onClosed() {
            events.add("closed");
        }

        @Override
        public void onRefused() {}

        @Override
        public void onStuck() {}

        @Override
        public void onReceived(int chars) {
            events.add("received " + chars);
        }
    }
}
