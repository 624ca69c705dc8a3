package dev.oriel.session.fanout;

import dev.oriel.journal.Journal;
import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Message;
import dev.oriel.session.control.Role;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.EventBatch;
import dev.oriel.session.event.EventMessages;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.lane.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends to all subscribers of a session, each at its own pace.
///
/// A subscriber that keeps up is *live*. One that has history to read, or whose queue stays full,
/// *catches up*: a thread of its own reads the journal for it, page by page as it takes them, until
/// it has reached the end and goes live. So a slow reader costs only itself, and loses nothing but
/// deltas.
public final class Fanout {
    private static final Logger LOG = LoggerFactory.getLogger(Fanout.class);
    private static final int PAGE = 500;
    private static final long LONGEST_PAUSE_SECONDS = 60;

    private final Journal journal;
    private final UUID session;
    private final Lane lane;
    private final ScheduledExecutorService timer;
    private final List<Subscription> all = new CopyOnWriteArrayList<>();
    private final WaitBudget waits;

    /// What a subscriber is told when it has become live.
    private final Consumer<Subscriber> greeting;

    public Fanout(
            Journal journal,
            UUID session,
            Lane lane,
            ScheduledExecutorService timer,
            WaitBudget waits,
            Consumer<Subscriber> greeting) {
        this.journal = journal;
        this.session = session;
        this.lane = lane;
        this.timer = timer;
        this.waits = waits;
        this.greeting = greeting;
    }

    /// Whether there is any client.
    public boolean isListenedTo() {
        return !all.isEmpty();
    }

    /// Whether there is a client that can answer an ask.
    public boolean someoneAnswers() {
        return all.stream().anyMatch(s -> s.subscriber.answersAsks());
    }

    /// Whether there is a client of the native wire that can.
    public boolean anOwnerAnswers() {
        return all.stream()
                .anyMatch(s -> s.subscriber.answersAsks() && s.subscriber.role() == Role.OWNER);
    }

    /// @param after seq after which to begin
    /// @param written seq of the last journaled message
    public void add(Subscriber subscriber, long after, long written) {
        var subscription = new Subscription(subscriber, new Subscription.Mode.CatchingUp());
        all.add(subscription);
        if (after >= written) {
            guarded(subscription, () -> goLive(subscription));
        } else {
            catchUp(subscription, after);
        }
    }

    public void remove(Subscriber subscriber) {
        all.removeIf(s -> s.isOf(subscriber) && s.leave());
    }

    public void goneAll() {
        all.forEach(s -> s.subscriber.onDeleted());
        all.clear();
    }

    /// Sends to all that are live. Those that have room get it first, so that they do not wait for
    /// the others.
    ///
    /// @param before seq of the last journaled message before this batch
    public void deliver(EventBatch batch, long before) {
        List<Subscription> full = new ArrayList<>();
        for (Subscription s : all) {
            if (s.mode() instanceof Subscription.Mode.Live) {
                if (s.subscriber.isFull()) {
                    full.add(s);
                } else {
                    guarded(s, () -> s.subscriber.deliver(batch));
                }
            }
        }
        for (Subscription s : full) {
            if (waits.awaitRoom(s.subscriber)) {
                guarded(s, () -> s.subscriber.deliver(batch));
            } else {
                s.mode(new Subscription.Mode.CatchingUp());
                s.subscriber.whenRoom(() -> catchUp(s, before));
            }
        }
    }

    /// Sends a live message past everything that waits to be written.
    public void tellAll(Message message) {
        for (Subscription s : all) {
            if (s.mode() instanceof Subscription.Mode.Live) {
                guarded(s, () -> s.subscriber.send(message));
            }
        }
    }

    /// Sends a live message to all but one.
    public void tellOthers(Subscriber but, Message message) {
        for (Subscription s : all) {
            if (!s.isOf(but) && s.mode() instanceof Subscription.Mode.Live) {
                guarded(s, () -> s.subscriber.send(message));
            }
        }
    }

    /// A subscriber that cannot be served is let go; the others must not miss anything for it.
    private void guarded(Subscription s, Runnable serving) {
        try {
            serving.run();
        } catch (RuntimeException e) {
            letGo(s, e);
        }
    }

    private void letGo(Subscription s, Throwable because) {
        LOG.error("A subscriber of session {} cannot be served", session, because);
        s.leave();
        all.remove(s);
        s.subscriber.onFailed("The server could not go on with this session's messages.");
    }

    private void catchUp(Subscription s, long after) {
        Thread.ofVirtual().name("replay-" + session).start(() -> readOn(s, after));
    }

    /// On a thread of its own: reads until the subscriber is full or has nearly reached the end.
    private void readOn(Subscription s, long after) {
        long sent = after;
        try {
            while (s.mode() instanceof Subscription.Mode.CatchingUp) {
                if (s.subscriber.isFull()) {
                    long reached = sent;
                    s.subscriber.whenRoom(() -> catchUp(s, reached));
                    return;
                }
                List<Delivery> page = read(sent);
                s.hasRead();
                if (page.isEmpty()) {
                    long reached = sent;
                    lane.post(() -> join(s, reached));
                    return;
                }
                s.subscriber.replay(page);
                sent = page.getLast().seq();
            }
        } catch (JournalException e) {
            readLater(s, sent, e);
        } catch (RuntimeException | Error e) {
            letGo(s, e);
        }
    }

    /// The journal cannot be read now: its subscriber is told so once, and it is tried again after
    /// pauses that grow.
    private void readLater(Subscription s, long sent, JournalException because) {
        int failures = s.failedToRead();
        if (failures == 1) {
            LOG.warn("A subscriber of {} waits for the journal: {}", session, because.getMessage());
            guarded(
                    s,
                    () ->
                            s.subscriber.send(
                                    EventMessages.notice(
                                            "error", "journal", because.getMessage())));
        }
        long pause = Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(failures - 1, 10));
        timer.schedule(() -> catchUp(s, sent), pause, TimeUnit.SECONDS);
    }

    /// On the lane, so that nothing is written meanwhile: the last few messages, then live.
    private void join(Subscription s, long sent) {
        if (!(s.mode() instanceof Subscription.Mode.CatchingUp)) {
            return;
        }
        long reached = sent;
        try {
            List<Delivery> rest = read(reached);
            if (!rest.isEmpty()) {
                s.subscriber.replay(rest);
                reached = rest.getLast().seq();
                // More than a page came in the meantime: it is still behind.
                if (rest.size() >= PAGE || !read(reached).isEmpty()) {
                    catchUp(s, reached);
                    return;
                }
            }
            goLive(s);
        } catch (JournalException e) {
            readLater(s, reached, e);
        } catch (RuntimeException e) {
            letGo(s, e);
        }
    }

    private void goLive(Subscription s) {
        s.mode(new Subscription.Mode.Live());
        greeting.accept(s.subscriber);
    }

    private List<Delivery> read(long after) throws JournalException {
        List<Delivery> page = new ArrayList<>();
        for (Entry e : journal.messagesAfter(session, after, PAGE)) {
            page.add(new Delivery(e.message(), e.seq()));
        }
        return page;
    }
}
