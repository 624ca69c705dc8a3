package dev.oriel.session.fanout;

import dev.oriel.journal.Journal;
import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.JournalException;
import dev.oriel.session.control.Role;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.EventBatch;
import dev.oriel.session.event.SessionEvent;
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

/// Delivers events to all subscribers of a session, each at its own pace.
///
/// A subscriber that keeps up is *live*. One that has history to read, or whose queue stays full,
/// *catches up*: a thread of its own reads the journal for it, page by page as it takes them, until
/// it has reached the end and goes live. So a slow reader costs only itself, and loses nothing but
/// deltas.
///
/// Confined to the lane, except the reader threads.
final class Fanout {
    private static final Logger LOG = LoggerFactory.getLogger(Fanout.class);
    private static final int PAGE_SIZE = 500;
    private static final long MAX_PAUSE_SECONDS = 60;

    private final Journal journal;
    private final UUID session;
    private final Lane lane;
    private final ScheduledExecutorService timer;
    private final WaitBudget waits;
    private final Consumer<Subscriber> greeting;

    /// Written by the lane and by reader threads whose subscriber fails; any thread may iterate.
    private final List<Subscription> all = new CopyOnWriteArrayList<>();

    /// @param greeting sends the current state to a subscriber that has become live; called on the
    ///   lane
    Fanout(
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

    boolean hasSubscribers() {
        return !all.isEmpty();
    }

    /// True if asks can be answered through at least one subscriber.
    ///
    /// @param ownersOnly whether only clients of the native wire count
    boolean hasAnsweringSubscriber(boolean ownersOnly) {
        return all.stream()
                .map(Subscription::subscriber)
                .anyMatch(s -> s.answersAsks() && (!ownersOnly || s.role() == Role.OWNER));
    }

    /// @param after seq after which to begin
    /// @param lastSeq seq of the last journaled message
    void add(Subscriber subscriber, long after, long lastSeq) {
        var subscription = new Subscription(subscriber);
        all.add(subscription);
        if (after >= lastSeq) {
            guarded(subscription, () -> goLive(subscription));
        } else {
            catchUp(subscription, after);
        }
    }

    void remove(Subscriber subscriber) {
        all.stream().filter(s -> s.isOf(subscriber)).forEach(Subscription::leave);
        all.removeIf(s -> s.isOf(subscriber));
    }

    /// Detaches all subscribers: the session was deleted.
    void removeAll() {
        for (Subscription s : all) {
            s.leave();
            guarded(s, () -> s.subscriber().onDeleted());
        }
        all.clear();
    }

    /// Delivers to all that are live. Those that have room get it first, so that they do not wait
    /// for the others.
    ///
    /// @param before seq of the last journaled message before this batch
    void deliver(EventBatch batch, long before) {
        List<Subscription> full = new ArrayList<>();
        for (Subscription s : all) {
            if (s.isLive()) {
                if (s.subscriber().isFull()) {
                    full.add(s);
                } else {
                    guarded(s, () -> s.subscriber().deliver(batch));
                }
            }
        }
        for (Subscription s : full) {
            if (waits.awaitRoom(s.subscriber())) {
                guarded(s, () -> s.subscriber().deliver(batch));
            } else {
                s.fallBehind();
                s.subscriber().whenRoom(() -> catchUp(s, before));
            }
        }
    }

    /// Sends an event at once to all live subscribers, before everything that waits to be written.
    void sendToAll(SessionEvent event) {
        for (Subscription s : all) {
            sendIfLive(s, event);
        }
    }

    /// Sends an event at once to all live subscribers except one.
    void sendToOthers(Subscriber except, SessionEvent event) {
        for (Subscription s : all) {
            if (!s.isOf(except)) {
                sendIfLive(s, event);
            }
        }
    }

    private void sendIfLive(Subscription s, SessionEvent event) {
        if (s.isLive()) {
            guarded(s, () -> s.subscriber().send(event));
        }
    }

    /// Removes a subscriber that throws; the others must not miss anything because of it.
    private void guarded(Subscription s, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            drop(s, e);
        }
    }

    private void drop(Subscription s, Throwable cause) {
        LOG.error("A subscriber of session {} cannot be served", session, cause);
        s.leave();
        all.remove(s);
        s.subscriber().onFailed("The server could not go on with this session's messages.");
    }

    private void catchUp(Subscription s, long after) {
        Thread.ofVirtual().name("replay-" + session).start(() -> replayPages(s, after));
    }

    /// On a reader thread: reads until the subscriber is full or has reached the end.
    private void replayPages(Subscription s, long after) {
        long sent = after;
        try {
            while (s.isCatchingUp()) {
                if (s.subscriber().isFull()) {
                    long reached = sent;
                    s.subscriber().whenRoom(() -> catchUp(s, reached));
                    return;
                }
                List<Delivery> page = read(sent);
                s.resetFailures();
                if (page.isEmpty()) {
                    long reached = sent;
                    lane.post(() -> finishCatchUp(s, reached));
                    return;
                }
                s.subscriber().replay(page);
                sent = page.getLast().seq();
            }
        } catch (JournalException e) {
            readLater(s, sent, e);
        } catch (RuntimeException | Error e) {
            drop(s, e);
        }
    }

    /// Tries again after pauses that grow: the journal cannot be read now. The subscriber is
    /// notified once.
    private void readLater(Subscription s, long sent, JournalException cause) {
        int failures = s.addFailure();
        if (failures == 1) {
            LOG.warn("A subscriber of {} waits for the journal: {}", session, cause.getMessage());
            guarded(s, () -> s.subscriber().send(SessionOutput.journalNotice(cause)));
        }
        long pause = Math.min(MAX_PAUSE_SECONDS, 1L << Math.min(failures - 1, 10));
        timer.schedule(() -> catchUp(s, sent), pause, TimeUnit.SECONDS);
    }

    /// On the lane, so that nothing is written meanwhile: replays the last few messages, then goes
    /// live.
    private void finishCatchUp(Subscription s, long sent) {
        if (!s.isCatchingUp()) {
            return;
        }
        long reached = sent;
        try {
            List<Delivery> rest = read(reached);
            if (!rest.isEmpty()) {
                s.subscriber().replay(rest);
                reached = rest.getLast().seq();
                // More than a page was written in the meantime: it must catch up further.
                if (rest.size() >= PAGE_SIZE || !read(reached).isEmpty()) {
                    catchUp(s, reached);
                    return;
                }
            }
            goLive(s);
        } catch (JournalException e) {
            readLater(s, reached, e);
        } catch (RuntimeException e) {
            drop(s, e);
        }
    }

    private void goLive(Subscription s) {
        s.goLive();
        greeting.accept(s.subscriber());
    }

    private List<Delivery> read(long after) throws JournalException {
        List<Delivery> page = new ArrayList<>();
        for (Entry e : journal.messagesAfter(session, after, PAGE_SIZE)) {
            page.add(Delivery.replayed(e.message(), e.seq()));
        }
        return page;
    }
}
