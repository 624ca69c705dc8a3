package dev.oriel.session.fanout;

import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalException;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.session.lane.Lane;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the answers that are being streamed on disk, so that what was seen of one survives the end
/// of the CLI and of the server. Confined to the lane.
///
/// A delta costs nothing but its place in a list: at most every [#EVERY_MILLIS] what has come since
/// the last time is written, beside the numbered messages. When an answer ends without its whole
/// block, what was seen is journaled as an answer that was interrupted.
public final class PartialAnswerRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(PartialAnswerRecorder.class);

    /// No more text than this much time's is lost where the process is killed.
    static final long EVERY_MILLIS = 250;

    private static final int PAGE = 500;

    private final Journal journal;
    private final UUID session;
    private final Lane lane;
    private final ScheduledExecutorService timer;
    private final PartialAnswerTracker partial = new PartialAnswerTracker();
    private boolean due;
    private boolean failing;

    public PartialAnswerRecorder(
            Journal journal, UUID session, Lane lane, ScheduledExecutorService timer) {
        this.journal = journal;
        this.session = session;
        this.lane = lane;
        this.timer = timer;
    }

    /// Takes a `stream_event` or an `assistant` message.
    public void take(Message message) {
        partial.take(message);
        saveSoon();
    }

    /// The text so far, for one who joins now.
    public List<Message> soFar() {
        return partial.soFar();
    }

    /// An error may come in the place of the rest of an answer.
    ///
    /// @param assistant not yet [#take]n
    /// @return what is to be journaled before it of an answer that it cuts off
    public List<Message> cutOffBy(Message assistant) {
        return partial.cutOffBy(assistant);
    }

    /// The turn is over: the answer in the conversation itself ends here. Background tasks go on.
    ///
    /// @return what is to be journaled of it
    public List<Message> turnOver() {
        List<Message> seen = partial.interruptedMain();
        partial.forgetMain();
        saveSoon();
        return seen;
    }

    /// The agent has ended: all that is open ends here.
    ///
    /// @return what is to be journaled of it
    public List<Message> end() {
        List<Message> seen = partial.interrupted();
        partial.clear();
        saveSoon();
        return seen;
    }

    private void saveSoon() {
        if (!due && partial.isUnsaved()) {
            due = true;
            timer.schedule(() -> lane.post(this::save), EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void save() {
        due = false;
        if (!partial.isUnsaved()) {
            return;
        }
        PartialAnswerTracker.Unsaved unsaved = partial.toSave();
        try {
            journal.saveDeltas(session, unsaved.anew(), unsaved.events());
            failing = false;
        } catch (JournalException e) {
            partial.notSaved();
            if (!failing) {
                failing = true;
                LOG.warn("The open answer of session {} is not kept: {}", session, e.getMessage());
            }
        }
    }

    /// What an earlier process kept of answers that it did not see end.
    ///
    /// @return the interrupted answers, to be journaled
    public List<Message> left() throws JournalException {
        Journal.SavedDeltas kept = journal.savedDeltas(session);
        if (kept.events().isEmpty()) {
            return List.of();
        }
        PartialAnswerTracker left = new PartialAnswerTracker();
        kept.events().forEach(left::take);
        for (String whole : wholeSince(kept.afterSeq())) {
            left.forget(whole);
        }
        return left.interrupted();
    }

    /// What [#left] gave is journaled.
    public void leftIsJournaled() throws JournalException {
        journal.saveDeltas(session, true, List.of());
    }

    /// The streams of which a whole block has come since then.
    private Set<String> wholeSince(long after) throws JournalException {
        Set<String> whole = new HashSet<>();
        List<Journal.Entry> page = journal.messagesAfter(session, after, PAGE);
        while (!page.isEmpty()) {
            for (Message m : parsed(page)) {
                if (m.is("assistant")) {
                    whole.add(Objects.requireNonNullElse(m.parentToolUseId(), ""));
                }
            }
            page = journal.messagesAfter(session, page.getLast().seq(), PAGE);
        }
        return whole;
    }

    private static List<Message> parsed(List<Journal.Entry> page) {
        List<Message> messages = new ArrayList<>();
        for (Journal.Entry e : page) {
            try {
                messages.add(Message.parse(e.body()));
            } catch (MalformedMessageException _) {
                LOG.warn("Message {} is damaged", e.seq());
            }
        }
        return messages;
    }
}
