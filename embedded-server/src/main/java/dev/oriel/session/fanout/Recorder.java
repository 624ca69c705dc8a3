package dev.oriel.session.fanout;

import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Message;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.EventBatch;
import dev.oriel.session.event.EventMessages;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// Journal first, then fan-out: gathers events, appends those that are journaled in one
/// transaction, and only then delivers any of them.
///
/// If the journal cannot be written, everything stays gathered, in order, for the next [#flush()].
/// Confined to the lane, except [#writtenSeq()].
final class Recorder {
    private final Journal journal;
    private final UUID session;
    private final Target target;
    private List<Delivery> gathered = new ArrayList<>();
    private long lastSeq;

    /// Written on the lane, read on any thread.
    private volatile long writtenSeq;

    private long deliveredSeq;

    /// @param lastSeq seq of the session's last message in the journal
    Recorder(Journal journal, UUID session, long lastSeq, Target target) {
        this.journal = journal;
        this.session = session;
        this.lastSeq = lastSeq;
        this.writtenSeq = lastSeq;
        this.deliveredSeq = lastSeq;
        this.target = target;
    }

    /// Seq of the last message in the journal. Any thread.
    long writtenSeq() {
        return writtenSeq;
    }

    /// Gathers a message to be journaled and delivered.
    void append(Message message) {
        Message stored = message.withoutSeq();
        append(new MessageEvent(stored), stored);
    }

    /// Gathers an event to be journaled and delivered.
    ///
    /// @param stored its form in the journal
    void append(SessionEvent event, Message stored) {
        gathered.add(Delivery.journaled(event, stored, ++lastSeq));
    }

    /// Gathers an event of the session itself to be journaled and delivered.
    void append(SessionEvent event) {
        append(event, EventMessages.of(event));
    }

    /// Gathers an event that is only delivered, after everything gathered before.
    void publish(SessionEvent event) {
        gathered.add(Delivery.live(event));
    }

    /// Journals and delivers everything gathered.
    void flush() throws JournalException {
        if (gathered.isEmpty()) {
            return;
        }
        if (lastSeq > writtenSeq) {
            List<Message> journaled = new ArrayList<>(gathered.size());
            for (Delivery d : gathered) {
                if (d.isJournaled()) {
                    journaled.add(Objects.requireNonNull(d.stored()));
                }
            }
            journal.append(session, writtenSeq + 1, journaled);
            writtenSeq = lastSeq;
        }
        deliver();
    }

    /// Flushes, then moves a waiting prompt into the conversation and delivers it.
    void startPrompt(UUID prompt, Message user) throws JournalException {
        flush();
        journal.startPrompt(session, prompt, lastSeq + 1, user);
        lastSeq++;
        writtenSeq = lastSeq;
        gathered.add(Delivery.journaled(new MessageEvent(user), user, lastSeq));
        deliver();
    }

    private void deliver() {
        List<Delivery> batch = gathered;
        gathered = new ArrayList<>();
        long before = deliveredSeq;
        deliveredSeq = writtenSeq;
        target.deliver(new EventBatch(batch), before);
    }

    /// Receives events once those that are journaled are written.
    interface Target {
        /// @param before seq of the last journaled message before the batch
        void deliver(EventBatch batch, long before);
    }
}
