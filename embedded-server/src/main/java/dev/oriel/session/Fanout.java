package dev.oriel.session;

import dev.oriel.journal.Journal;
import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.JournalException;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.session.control.Role;
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
final class Fanout {
    private static final Logger LOG = LoggerFactory.getLogger(Fanout.class);
    private static final int PAGE = 500;

    private final Journal journal;
    private final UUID session;
    private final Lane lane;
    private final ScheduledExecutorService timer;
    private final List<Subscription> all = new CopyOnWriteArrayList<>();

    /// What a subscriber is told when it has become live.
    private final Consumer<Subscriber> greeting;

    Fanout(
            Journal journal,
            UUID session,
            Lane lane,
            ScheduledExecutorService timer,
            Consumer<Subscriber> greeting) {
        this.journal = journal;
        this.session = session;
        this.lane = lane;
        this.timer = timer;
        this.greeting = greeting;
    }

    /// Whether there is any client.
    boolean isListenedTo() {
        return !all.isEmpty();
    }

    /// Whether there is a client that can answer an ask.
    boolean someoneAnswers() {
        return all.stream().anyMatch(s -> s.subscriber.answersAsks());
    }

    /// Whether there is a client of the native wire that can.
    boolean anOwnerAnswers() {
        return all.stream()
                .anyMatch(s -> s.subscriber.answersAsks() && s.subscriber.role() == Role.OWNER);
    }

    /// @param after seq after which to begin
    /// @param written seq of the last journaled message
    void add(Subscriber subscriber, long after, long written) {
        var subscription = new Subscription(subscriber, new Subscription.Mode.CatchingUp());
        all.add(subscription);
        if (after >= written) {
            goLive(subscription);
        } else {
            catchUp(subscription, after);
        }
    }

    void remove(Subscriber subscriber) {
        all.removeIf(s -> s.isOf(subscriber) && s.leave());
    }

    void goneAll() {
        all.forEach(s -> s.subscriber.gone());
        all.clear();
    }

    /// Sends to all that are live.
    ///
    /// @param before seq of the last journaled message before this batch
    void deliver(Batch batch, long before) {
        for (Subscription s : all) {
            if (s.mode() instanceof Subscription.Mode.Live) {
                if (s.subscriber.isFull() && !s.subscriber.awaitRoom()) {
                    s.mode(new Subscription.Mode.CatchingUp());
                    s.subscriber.whenRoom(() -> catchUp(s, before));
                } else {
                    s.subscriber.deliver(batch);
                }
            }
        }
    }

    /// Sends a live message past everything that waits to be written.
    void tellAll(Message message) {
        for (Subscription s : all) {
            if (s.mode() instanceof Subscription.Mode.Live) {
                s.subscriber.send(message);
            }
        }
    }

    /// Sends a live message to all but one.
    void tellOthers(Subscriber but, Message message) {
        for (Subscription s : all) {
            if (!s.isOf(but) && s.mode() instanceof Subscription.Mode.Live) {
                s.subscriber.send(message);
            }
        }
    }

    private void catchUp(Subscription s, long after) {
        Thread.ofVirtual().name("replay-" + session).start(() -> readOn(s, after));
    }

    /// On a thread of its own: reads until the subscriber is full or has nearly reached the end.
    private void readOn(Subscription s, long after) {
        long sent = after;
        try {
            while (s.mode() instanceof Subscription.Mode.CatchingUp) {
                List<Delivery> page = read(sent);
                if (page.isEmpty()) {
                    long reached = sent;
                    lane.post(() -> join(s, reached));
                    return;
                }
                s.subscriber.replay(page);
                sent = page.getLast().seq();
                if (s.subscriber.isFull()) {
                    long reached = sent;
                    s.subscriber.whenRoom(() -> catchUp(s, reached));
                    return;
                }
            }
        } catch (JournalException e) {
            LOG.warn("A subscriber waits for the journal: {}", e.getMessage());
            long reached = sent;
            timer.schedule(() -> catchUp(s, reached), 1, TimeUnit.SECONDS);
        }
    }

    /// On the lane, so that nothing is written meanwhile: the last few messages, then live.
    private void join(Subscription s, long sent) {
        if (!(s.mode() instanceof Subscription.Mode.CatchingUp)) {
            return;
        }
        try {
            List<Delivery> rest = read(sent);
            if (!rest.isEmpty()) {
                s.subscriber.replay(rest);
                // More than a page came in the meantime: it is still behind.
                if (rest.size() >= PAGE || !read(rest.getLast().seq()).isEmpty()) {
                    catchUp(s, rest.getLast().seq());
                    return;
                }
            }
            goLive(s);
        } catch (JournalException e) {
            LOG.warn("A subscriber waits for the journal: {}", e.getMessage());
            timer.schedule(() -> catchUp(s, sent), 1, TimeUnit.SECONDS);
        }
    }

    private void goLive(Subscription s) {
        s.mode(new Subscription.Mode.Live());
        greeting.accept(s.subscriber);
    }

    private List<Delivery> read(long after) throws JournalException {
        List<Delivery> page = new ArrayList<>();
        for (Entry e : journal.after(session, after, PAGE)) {
            page.add(new Delivery(parsed(e), e.seq()));
        }
        return page;
    }

    private static Message parsed(Entry entry) {
        try {
            return Message.parse(entry.body());
        } catch (MalformedMessageException e) {
            throw new IllegalStateException("only messages are journaled", e);
        }
    }
}
