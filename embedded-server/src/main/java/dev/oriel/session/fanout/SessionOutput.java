package dev.oriel.session.fanout;

import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Message;
import dev.oriel.session.api.SessionState.Trigger;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.AgentExited;
import dev.oriel.session.event.SessionEvent.Level;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.NativeMessage;
import dev.oriel.session.event.SessionEvent.Notice;
import dev.oriel.session.event.SessionEvent.SessionChanged;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.lane.Lane;
import dev.oriel.session.state.SessionModel;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything a session emits: recorded in the journal, then delivered to the subscribers.
///
/// If the journal cannot be written, events stay gathered in order, the lane takes no more agent
/// input, and writing is retried. Confined to the lane, except [#writtenSeq()].
public final class SessionOutput {
    private static final Logger LOG = LoggerFactory.getLogger(SessionOutput.class);

    private final SessionModel model;
    private final Journal journal;
    private final InstantSource clock;
    private final SessionDirectory directory;
    private final UUID session;
    private final Recorder recorder;
    private final Fanout fanout;
    private final PartialAnswerRecorder answers;
    private final JournalRetry retry;

    /// True if a [SessionChanged] is due with the next flush.
    private boolean changed;

    /// Journals what an earlier process left unfinished: partial answers, and a turn without an
    /// end.
    ///
    /// @param unfinished the end of a turn that was running when the server exited; null if none
    ///   was
    public SessionOutput(
            SessionModel model,
            Lane lane,
            Journal journal,
            ScheduledExecutorService timer,
            InstantSource clock,
            SessionDirectory directory,
            long lastSeq,
            @Nullable AgentExited unfinished)
            throws JournalException {
        this.model = model;
        this.journal = journal;
        this.clock = clock;
        this.directory = directory;
        this.session = model.details().id();
        this.answers = new PartialAnswerRecorder(journal, session, lane, timer);
        this.fanout =
                new Fanout(
                        journal,
                        session,
                        lane,
                        timer,
                        new WaitBudget(System::nanoTime),
                        new Greeting(model, answers, this::sessionChanged));
        this.recorder = new Recorder(journal, session, lastSeq, fanout::deliver);
        this.retry = new JournalRetry(session, lane, timer, this::flush);
        recoverFrom(unfinished);
    }

    private void recoverFrom(@Nullable AgentExited unfinished) throws JournalException {
        List<Message> partial = answers.loadInterrupted();
        partial.forEach(this::record);
        if (unfinished != null) {
            record(unfinished);
            flush();
        }
        if (!partial.isEmpty() && flush()) {
            answers.deleteSaved();
        }
    }

    /// Journals a message, then delivers it, in the order of the calls. Takes effect with
    /// [#flush()].
    public void record(Message message) {
        recorder.append(message);
    }

    /// The same for the end of an agent.
    public void record(AgentExited exited) {
        recorder.append(exited);
    }

    /// The same for a message that only native clients understand.
    public void recordNative(Message message) {
        recorder.append(new NativeMessage(message), message);
    }

    /// Records one block of an answer, after what was seen of an answer that it cuts off.
    public void recordAssistant(Message assistant) {
        answers.cutOffBy(assistant).forEach(this::record);
        answers.receive(assistant);
        record(assistant);
    }

    /// Delivers a `stream_event` of an answer that is still being written.
    public void publishDelta(Message delta) {
        answers.receive(delta);
        publish(new MessageEvent(delta));
    }

    /// Records what was seen of the conversation's own partial answer: the turn is finished.
    /// Background tasks go on.
    public void finishAnswer() {
        answers.finishAnswer().forEach(this::record);
    }

    /// Records what was seen of all partial answers: the agent has exited.
    public void finishAllAnswers() {
        answers.finishAll().forEach(this::record);
    }

    /// Delivers an event that is not journaled, after everything recorded so far. Takes effect with
    /// [#flush()].
    public void publish(SessionEvent event) {
        recorder.publish(event);
    }

    /// Publishes the queue after a change.
    public void publishQueue() {
        publish(model.prompts().queueChanged());
    }

    /// Sends an event at once to all live subscribers except one.
    public void sendToOthers(Subscriber except, SessionEvent event) {
        fanout.sendToOthers(except, event);
    }

    /// Moves the session to its next state and marks it as changed. A failed turn is published even
    /// if the one before failed in the same way: it belongs to another prompt.
    public void apply(Trigger trigger) {
        if (model.details().apply(trigger)) {
            model.details().touch(clock.instant(), directory.nextRecency());
            markChanged();
        }
    }

    /// Publishes the session object with the next [#flush()], after everything else.
    public void markChanged() {
        changed = true;
    }

    /// Journals and delivers what was recorded and published.
    ///
    /// @return false if the journal could not be written; everything is kept and retried
    public boolean flush() {
        try {
            recorder.flush();
            publishChange();
            retry.onWritten();
            return true;
        } catch (JournalException e) {
            onFailed(e);
            return false;
        }
    }

    private void publishChange() throws JournalException {
        if (changed) {
            changed = false;
            SessionChanged now = sessionChanged();
            saveOrLog();
            recorder.publish(now);
            recorder.flush();
            directory.update(now.session());
        }
    }

    private SessionChanged sessionChanged() {
        return new SessionChanged(view(), journal.identity(), model.tasks().ids());
    }

    /// Moves a queued prompt into the conversation.
    ///
    /// @return false if that could not be written: the prompt stays in the queue
    public boolean startPrompt(UUID prompt, Message user) {
        if (!flush()) {
            return false;
        }
        try {
            recorder.startPrompt(prompt, user);
            model.prompts().removeStarted(prompt);
            return true;
        } catch (JournalException e) {
            onFailed(e);
            return false;
        }
    }

    /// Runs something once on the lane, when the journal can be written again.
    public void whenWritable(Runnable then) {
        retry.whenWritable(then);
    }

    private void onFailed(JournalException e) {
        if (retry.onFailed()) {
            LOG.warn("Session {} waits for the journal: {}", session, e.getMessage());
            fanout.sendToAll(journalNotice(e));
        }
    }

    static Notice journalNotice(JournalException e) {
        return new Notice(Level.ERROR, "journal", String.valueOf(e.getMessage()));
    }

    /// Writes the session's record.
    public void save() throws JournalException {
        journal.save(model.details().toRecord(recorder.writtenSeq()));
    }

    /// Writes the session's record; a failure is only logged, because the next change writes the
    /// whole record again.
    public void saveOrLog() {
        try {
            save();
        } catch (JournalException e) {
            LOG.warn("Session {} could not be saved: {}", session, e.getMessage());
        }
    }

    /// The session as it is now.
    public SessionView view() {
        return model.details().view(recorder.writtenSeq(), model.asks().size());
    }

    /// Seq of the last message in the journal. Any thread.
    public long writtenSeq() {
        return recorder.writtenSeq();
    }

    /// Attaches a subscriber.
    ///
    /// @param after seq after which to begin; null for live events only
    public void subscribe(Subscriber subscriber, @Nullable Long after) {
        flush();
        long written = recorder.writtenSeq();
        fanout.add(subscriber, after == null ? written : after, written);
    }

    public void unsubscribe(Subscriber subscriber) {
        fanout.remove(subscriber);
    }

    /// Detaches all subscribers of a session that was deleted.
    public void delete() {
        fanout.removeAll();
    }

    public boolean hasSubscribers() {
        return fanout.hasSubscribers();
    }

    /// True if asks can be answered through at least one subscriber.
    ///
    /// @param ownersOnly whether only clients of the native wire count
    public boolean hasAnsweringSubscriber(boolean ownersOnly) {
        return fanout.hasAnsweringSubscriber(ownersOnly);
    }
}
