package dev.oriel.session.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Message;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.EventBatch;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.lane.Lane;
import dev.oriel.session.lane.VirtualLane;
import dev.oriel.testing.agent.CollectingSubscriber;
import dev.oriel.testing.manual.ManualSessionLane;
import dev.oriel.testing.manual.ManualTimer;
import dev.oriel.testing.server.FaultyJournal;
import dev.oriel.testing.server.MemoryJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Slow and faulty subscribers, and a journal that cannot be read.
class FanoutTest {
    private static final SessionEvent EVENT = new PromptChanged(new UUID(0, 1), Progress.QUEUED);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Lane lane = new VirtualLane("lane");
    private FaultyJournal journal;
    private long now;

    @BeforeEach
    void open() throws Exception {
        journal = new FaultyJournal(new MemoryJournal());
    }

    @AfterEach
    void close() {
        lane.close();
        timer.shutdownNow();
        journal.close();
    }

    private Fanout fanout(UUID session) {
        return new Fanout(
                journal, session, lane, timer, new WaitBudget(() -> now), subscriber -> {});
    }

    private Fanout fanout(UUID session, Lane on, List<Subscriber> greeted) {
        return new Fanout(journal, session, on, timer, new WaitBudget(() -> now), greeted::add);
    }

    private static EventBatch batch() {
        return new EventBatch(List.of(Delivery.live(EVENT)));
    }

    @Test
    void twentyFullSubscribersDelayASessionOnceForAShortTime() {
        Fanout fanout = fanout(UUID.randomUUID());
        List<FullReader> full = new ArrayList<>();
        var ready = new CollectingSubscriber(true);
        for (int i = 0; i < 20; i++) {
            full.add(new FullReader());
            fanout.add(full.getLast(), 0, 0);
        }
        fanout.add(ready, 0, 0);
        fanout.deliver(batch(), 0);
        assertThat(Duration.ofNanos(now)).isLessThanOrEqualTo(Duration.ofMillis(250));
        assertThat(ready.messages()).hasSize(1);
    }

    @Test
    void fullSubscribersDelayASessionForASmallPartOfTheTime() {
        Fanout fanout = fanout(UUID.randomUUID());
        long waited = 0;
        for (int i = 0; i < 20; i++) {
            fanout.add(new FullReader(), 0, 0);
            long before = now;
            fanout.deliver(batch(), 0);
            waited += now - before;
            now += Duration.ofMillis(100).toNanos();
        }
        assertThat(Duration.ofNanos(waited)).isLessThan(Duration.ofMillis(400));
    }

    @Test
    void aSubscriberThatMakesRoomInTimeStaysLive() {
        Fanout fanout = fanout(UUID.randomUUID());
        var reader = new FullReader();
        reader.roomAfter = Duration.ofMillis(5);
        fanout.add(reader, 0, 0);
        fanout.deliver(batch(), 0);
        assertThat(reader.delivered).isEqualTo(1);
    }

    @Test
    void aSubscriberThatThrowsIsDetachedAndOthersAreServed() {
        Fanout fanout = fanout(UUID.randomUUID());
        var broken = new FullReader();
        broken.full = false;
        broken.throwing = true;
        var sound = new CollectingSubscriber(true);
        fanout.add(broken, 0, 0);
        fanout.add(sound, 0, 0);
        fanout.deliver(batch(), 0);
        fanout.deliver(batch(), 0);
        assertThat(sound.messages()).hasSize(2);
        assertThat(broken.failure).isNotBlank();
    }

    @Test
    void aSubscriberIsNotifiedOfAnUnreadableJournalAndGetsEverythingLater() throws Exception {
        UUID session = UUID.randomUUID();
        journal.keep(session, 30);
        journal.failReads(true);
        var clock = new ManualTimer();
        var fanout = new Fanout(journal, session, lane, clock, new WaitBudget(() -> now), _ -> {});
        var reader = new CollectingSubscriber(true);
        fanout.add(reader, 0, 30);
        Message notice = reader.await(m -> m.is("system", "oriel_notice"));
        assertThat(notice.tree().path("code").asText()).isEqualTo("journal");
        assertThat(notice.tree().path("level").asText()).isEqualTo("error");
        awaitRetry(clock);
        clock.advance(Duration.ofSeconds(1));
        awaitRetry(clock);
        journal.failReads(false);
        clock.advance(Duration.ofMillis(1_999));
        assertThat(clock.pending()).as("the pauses grow").isEqualTo(1);
        clock.advance(Duration.ofMillis(1));
        reader.await(m -> m.toString().contains("line 30"));
        assertThat(reader.messages()).filteredOn(m -> m.is("assistant")).hasSize(30);
        assertThat(reader.messages())
                .as("notified once, however often the read is tried")
                .filteredOn(m -> m.is("system", "oriel_notice"))
                .hasSize(1);
    }

    private static void awaitRetry(ManualTimer clock) {
        Awaitility.await().until(() -> clock.pending() == 1);
    }

    @Test
    void aSubscriberThatThrowsDuringReplayIsDetached() throws Exception {
        UUID session = UUID.randomUUID();
        journal.keep(session, 3);
        Fanout fanout = fanout(session);
        var broken = new FullReader();
        broken.full = false;
        broken.throwing = true;
        fanout.add(broken, 0, 3);
        Awaitility.await().until(() -> !broken.failure.isEmpty());
        assertThat(fanout.hasSubscribers()).isFalse();
    }

    @Test
    void aSubscriberWithHistoryGetsItInPagesAndTheGreetingOnce() throws Exception {
        UUID session = UUID.randomUUID();
        journal.keep(session, 1_201);
        var manual = new ManualSessionLane();
        List<Subscriber> greeted = new ArrayList<>();
        Fanout fanout = fanout(session, manual, greeted);
        var reader = new CollectingSubscriber(true);
        fanout.add(reader, 1, 1_201);
        Awaitility.await().until(manual::runOne);
        assertThat(reader.messages()).hasSize(1_200);
        assertThat(reader.messages().getLast().toString()).contains("line 1201");
        assertThat(greeted).containsExactly(reader);
        fanout.deliver(batch(), 1_201);
        assertThat(reader.messages()).hasSize(1_201);
    }

    @Test
    void whatIsWrittenWhileASubscriberCatchesUpIsNeitherLostNorRepeated() throws Exception {
        UUID session = UUID.randomUUID();
        journal.keep(session, 2);
        var manual = new ManualSessionLane();
        Fanout fanout = fanout(session, manual, new ArrayList<>());
        var reader = new CollectingSubscriber(true);
        fanout.add(reader, 0, 2);
        Awaitility.await().until(manual::hasCommand);
        journal.append(session, 3, List.of(Message.parse("{\"type\":\"third\"}")));
        fanout.deliver(batch(), 2);
        assertThat(reader.messages()).as("it is not live yet").hasSize(2);
        assertThat(manual.runOne()).isTrue();
        assertThat(reader.messages().getLast().is("third")).isTrue();
        assertThat(reader.messages()).hasSize(3);
    }

    @Test
    void aSubscriberThatWasOvertakenByMoreThanAPageReadsOn() throws Exception {
        UUID session = UUID.randomUUID();
        journal.keep(session, 1);
        var manual = new ManualSessionLane();
        List<Subscriber> greeted = new ArrayList<>();
        Fanout fanout = fanout(session, manual, greeted);
        var reader = new CollectingSubscriber(true);
        fanout.add(reader, 0, 1);
        Awaitility.await().until(manual::hasCommand); // the reader thread is done
        for (int seq = 2; seq <= 700; seq++) {
            journal.append(session, seq, List.of(Message.parse("{\"type\":\"more\"}")));
        }
        assertThat(manual.runOne()).isTrue();
        assertThat(greeted).as("it has not reached the end").isEmpty();
        Awaitility.await().until(manual::runOne);
        assertThat(greeted).containsExactly(reader);
        assertThat(reader.messages()).hasSize(700);
    }

    @Test
    void aJournalThatFailsAtTheLastStepIsReadLater() throws Exception {
        UUID session = UUID.randomUUID();
        journal.keep(session, 1);
        var manual = new ManualSessionLane();
        var clock = new ManualTimer();
        List<Subscriber> greeted = new ArrayList<>();
        var fanout =
                new Fanout(
                        journal, session, manual, clock, new WaitBudget(() -> now), greeted::add);
        var reader = new CollectingSubscriber(true);
        fanout.add(reader, 0, 1);
        Awaitility.await().until(manual::hasCommand); // the reader thread is done
        Awaitility.await()
                .until(() -> {
                    journal.failReads(true);
                    return manual.runOne();
                });
        awaitRetry(clock);
        assertThat(greeted).isEmpty();
        journal.failReads(false);
        clock.advance(Duration.ofSeconds(1));
        Awaitility.await().until(manual::runOne);
        assertThat(greeted).containsExactly(reader);
        assertThat(reader.messages()).filteredOn(m -> m.is("assistant")).hasSize(1);
    }

    @Test
    void aSubscriberThatHasAllIsLiveAtOnce() {
        List<Subscriber> greeted = new ArrayList<>();
        Fanout fanout = fanout(UUID.randomUUID(), new ManualSessionLane(), greeted);
        var reader = new CollectingSubscriber(true);
        fanout.add(reader, 7, 7);
        assertThat(greeted).containsExactly(reader);
        fanout.deliver(batch(), 7);
        assertThat(reader.messages()).hasSize(1);
        fanout.remove(reader);
        fanout.deliver(batch(), 7);
        assertThat(reader.messages()).hasSize(1);
        assertThat(fanout.hasSubscribers()).isFalse();
    }

    @Test
    void aFullSubscriberFallsBehindAndContinuesFromTheJournal() throws Exception {
        UUID session = UUID.randomUUID();
        journal.keep(session, 3);
        var manual = new ManualSessionLane();
        List<Subscriber> greeted = new ArrayList<>();
        Fanout fanout = fanout(session, manual, greeted);
        var reader = new FullReader();
        fanout.add(reader, 3, 3);
        journal.append(session, 4, List.of(Message.parse("{\"type\":\"fourth\"}")));
        fanout.deliver(batch(), 3);
        assertThat(reader.delivered).isZero();
        reader.makeRoom();
        Awaitility.await().until(manual::runOne);
        assertThat(reader.replayed).containsExactly(4L);
        assertThat(greeted).as("greeted again").containsExactly(reader, reader);
        fanout.deliver(batch(), 4);
        assertThat(reader.delivered).isEqualTo(1);
    }

    @Test
    void asksAreAnsweredByASubscriberThatCanOrByAnOwner() {
        Fanout fanout = fanout(UUID.randomUUID());
        fanout.add(new CollectingSubscriber(false), 0, 0);
        assertThat(fanout.hasAnsweringSubscriber(false)).isFalse();
        fanout.add(new FullReader(), 0, 0);
        assertThat(fanout.hasAnsweringSubscriber(false)).isTrue();
        assertThat(fanout.hasAnsweringSubscriber(true)).as("it is a guest").isFalse();
        fanout.add(new CollectingSubscriber(true), 0, 0);
        assertThat(fanout.hasAnsweringSubscriber(true)).isTrue();
    }

    @Test
    void anUrgentEventReachesLiveSubscribersOnly() throws Exception {
        UUID session = UUID.randomUUID();
        journal.keep(session, 1);
        Fanout fanout = fanout(session, new ManualSessionLane(), new ArrayList<>());
        var live = new CollectingSubscriber(true);
        var sender = new CollectingSubscriber(true);
        var behind = new FullReader();
        fanout.add(live, 1, 1);
        fanout.add(sender, 1, 1);
        fanout.add(behind, 0, 1);
        fanout.sendToAll(EVENT);
        fanout.sendToOthers(sender, EVENT);
        assertThat(live.messages()).hasSize(2);
        assertThat(sender.messages()).hasSize(1);
        assertThat(behind.sent).isZero();
    }

    @Test
    void aSubscriberOfADeletedSessionDoesNotGoLiveAnyMore() {
        var manual = new ManualSessionLane();
        List<Subscriber> greeted = new ArrayList<>();
        Fanout fanout = fanout(UUID.randomUUID(), manual, greeted);
        var reader = new FullReader();
        reader.full = false;
        reader.whileCatchingUp = fanout::removeAll;
        fanout.add(reader, 0, 1);
        Awaitility.await().until(manual::runOne);
        assertThat(greeted).isEmpty();
    }

    @Test
    void aSubscriberThatThrowsWhenItsSessionIsDeletedDoesNotAffectOthers() {
        Fanout fanout = fanout(UUID.randomUUID());
        var broken = new FullReader();
        broken.throwing = true;
        var sound = new CollectingSubscriber(true);
        fanout.add(broken, 0, 0);
        fanout.add(sound, 0, 0);
        fanout.removeAll();
        assertThat(sound.isGone()).isTrue();
        assertThat(fanout.hasSubscribers()).isFalse();
    }

    /// A subscriber that is full; the test's clock advances while it is waited for.
    private final class FullReader implements Subscriber {
        private volatile boolean full = true;
        private final List<Long> replayed = new ArrayList<>();
        private Runnable whenRoom = () -> {};
        private int sent;
        private boolean throwing;
        private Runnable whileCatchingUp = () -> {};
        private Duration roomAfter = Duration.ofDays(1);
        private int delivered;
        private volatile String failure = "";

        @Override
        public void deliver(EventBatch batch) {
            if (throwing) {
                throw new IllegalStateException("a fault of a subscriber");
            }
            delivered++;
        }

        void makeRoom() {
            full = false;
            whenRoom.run();
        }

        @Override
        public void replay(List<Delivery> page) {
            if (throwing) {
                throw new IllegalStateException("a fault of a subscriber");
            }
            page.forEach(d -> replayed.add(d.seq()));
        }

        @Override
        public void send(SessionEvent event) {
            sent++;
        }

        @Override
        public boolean isFull() {
            whileCatchingUp.run();
            return full;
        }

        @Override
        public boolean awaitRoom(Duration longest) {
            boolean room = roomAfter.compareTo(longest) <= 0;
            now += (room ? roomAfter : longest).toNanos();
            return room;
        }

        @Override
        public void whenRoom(Runnable then) {
            whenRoom = then;
        }

        @Override
        public void onDeleted() {
            if (throwing) {
                throw new IllegalStateException("a fault of a subscriber");
            }
        }

        @Override
        public void onFailed(String why) {
            failure = why;
        }
    }
}
