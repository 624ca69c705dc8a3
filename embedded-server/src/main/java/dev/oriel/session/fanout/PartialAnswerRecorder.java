package dev.oriel.session.fanout;

import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalException;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
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

/// Saves the answers that are being streamed, so that what was seen of one survives the end of the
/// CLI and of the server. Confined to the lane.
///
/// A delta costs its place in a list; every [#SAVE_MILLIS] at most, what has arrived since the last
/// time is written, apart from the numbered messages. If an answer ends without its whole block,
/// what was seen is recorded as an interrupted answer.
final class PartialAnswerRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(PartialAnswerRecorder.class);

    /// The text of this time at most is lost if the process is killed.
    static final long SAVE_MILLIS = 250;

    private static final int PAGE_SIZE = 500;

    private final Journal journal;
    private final UUID session;
    private final Lane lane;
    private final ScheduledExecutorService timer;
    private final PartialAnswerTracker tracker = new PartialAnswerTracker();

    /// True while a save is scheduled.
    private boolean scheduled;

    /// True since a save has failed, so that only the first failure is logged.
    private boolean failing;

    PartialAnswerRecorder(
            Journal journal, UUID session, Lane lane, ScheduledExecutorService timer) {
        this.journal = journal;
        this.session = session;
        this.lane = lane;
        this.timer = timer;
    }

    /// Follows a `stream_event` or an `assistant` message.
    void receive(Message message) {
        tracker.receive(message);
        saveSoon();
    }

    /// The `stream_event`s that produce what has arrived, for a new subscriber.
    List<Message> streamEvents() {
        return tracker.streamEvents();
    }

    /// What was seen of an answer that an error cuts off; to be recorded before the error.
    ///
    /// @param assistant not yet passed to [#receive]
    List<Message> cutOffBy(Message assistant) {
        return tracker.cutOffBy(assistant);
    }

    /// Ends the answer of the conversation itself: its turn is finished. Background tasks go on.
    ///
    /// @return what was seen of it, to be recorded
    List<Message> finishAnswer() {
        List<Message> seen = tracker.interruptedMain();
        tracker.removeMain();
        saveSoon();
        return seen;
    }

    /// Ends all open answers: the agent has exited.
    ///
    /// @return what was seen of them, to be recorded
    List<Message> finishAll() {
        List<Message> seen = tracker.interrupted();
        tracker.clear();
        saveSoon();
        return seen;
    }

    private void saveSoon() {
        if (!scheduled && tracker.hasUnsaved()) {
            scheduled = true;
            timer.schedule(() -> lane.post(this::save), SAVE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void save() {
        scheduled = false;
        if (!tracker.hasUnsaved()) {
            return;
        }
        PartialAnswerTracker.Unsaved unsaved = tracker.takeUnsaved();
        try {
            journal.saveDeltas(session, unsaved.anew(), unsaved.events());
            failing = false;
        } catch (JournalException e) {
            tracker.onSaveFailed();
            if (!failing) {
                failing = true;
                LOG.warn(
                        "The partial answer of session {} is not saved: {}",
                        session,
                        e.getMessage());
            }
        }
    }

    /// Loads what an earlier process saved of answers that it did not see end.
    ///
    /// @return the interrupted answers, to be recorded
    List<Message> loadInterrupted() throws JournalException {
        Journal.SavedDeltas stored = journal.savedDeltas(session);
        if (stored.events().isEmpty()) {
            return List.of();
        }
        PartialAnswerTracker saved = new PartialAnswerTracker();
        stored.events().forEach(saved::receive);
        for (String stream : completedSince(stored.afterSeq())) {
            saved.remove(stream);
        }
        return saved.interrupted();
    }

    /// Deletes what is saved: the result of [#loadInterrupted] is recorded.
    void deleteSaved() throws JournalException {
        journal.saveDeltas(session, true, List.of());
    }

    /// The streams of which a whole block was journaled after a position.
    private Set<String> completedSince(long after) throws JournalException {
        Set<String> whole = new HashSet<>();
        List<Journal.Entry> page = journal.messagesAfter(session, after, PAGE_SIZE);
        while (!page.isEmpty()) {
            for (Message m : parsed(page)) {
                if (m.is(MessageType.ASSISTANT)) {
                    whole.add(Objects.requireNonNullElse(m.parentToolUseId(), ""));
                }
            }
            page = journal.messagesAfter(session, page.getLast().seq(), PAGE_SIZE);
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
