package dev.oriel.session.fanout;

import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Message;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.EventBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Journal first, then fan out: gathers what is said, writes what must be kept in one transaction,
/// and only then lets anybody see any of it.
///
/// If the journal cannot be written, everything stays gathered, in order, for the next [#flush()].
public final class Recorder {
    private final Journal journal;
    private final UUID session;
    private final Out out;
    private List<Delivery> gathered = new ArrayList<>();
    private long lastSeq;
    private volatile long writtenSeq; // written on the lane, read anywhere
    private long releasedSeq;

    public Recorder(Journal journal, UUID session, long lastSeq, Out out) {
        this.journal = journal;
        this.session = session;
        this.lastSeq = lastSeq;
        this.writtenSeq = lastSeq;
        this.releasedSeq = lastSeq;
        this.out = out;
    }

    /// Seq of the last message that is in the journal.
    public long writtenSeq() {
        return writtenSeq;
    }

    /// To be journaled and shown.
    public void say(Message message) {
        gathered.add(new Delivery(message.withoutSeq(), ++lastSeq));
    }

    /// To be shown only, behind all that was said before.
    public void show(Message message) {
        gathered.add(Delivery.live(message.withoutSeq()));
    }

    public void flush() throws JournalException {
        if (gathered.isEmpty()) {
            return;
        }
        if (lastSeq > writtenSeq) {
            List<Message> kept = new ArrayList<>(gathered.size());
            for (Delivery d : gathered) {
                if (d.isJournaled()) {
                    kept.add(d.message());
                }
            }
            journal.append(session, writtenSeq + 1, kept);
            writtenSeq = lastSeq;
        }
        release();
    }

    /// Like [#flush()], then moves a waiting prompt into the conversation.
    public void begin(UUID prompt, Message user) throws JournalException {
        flush();
        journal.startPrompt(session, prompt, lastSeq + 1, user);
        lastSeq++;
        writtenSeq = lastSeq;
        gathered.add(new Delivery(user, lastSeq));
        release();
    }

    private void release() {
        List<Delivery> batch = gathered;
        gathered = new ArrayList<>();
        long before = releasedSeq;
        releasedSeq = writtenSeq;
        out.deliver(new EventBatch(batch), before);
    }

    /// Where everything goes once it is written.
    public interface Out {
        /// @param before seq of the last journaled message before the batch
        void deliver(EventBatch batch, long before);
    }
}
