package dev.oriel.session.turn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.AgentSecrets;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.Message;
import dev.oriel.session.Session;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionState.Trigger;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.api.WorkingFolder;
import dev.oriel.session.control.ClientDeclarations;
import dev.oriel.session.control.ControlAnnouncement;
import dev.oriel.session.event.EventMessages;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.fanout.Fanout;
import dev.oriel.session.fanout.PartialAnswerRecorder;
import dev.oriel.session.fanout.Recorder;
import dev.oriel.session.fanout.WaitBudget;
import dev.oriel.session.lane.Lane;
import dev.oriel.session.state.PendingAsks;
import dev.oriel.session.state.PromptQueue;
import dev.oriel.session.state.SessionDetails;
import dev.oriel.session.tools.ClientTools;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The state of a session, what it has said, and who listens. Confined to the lane.
public final class SessionCore {
    private static final Logger LOG = LoggerFactory.getLogger(SessionCore.class);

    /// How long to wait before a journal that cannot be written is tried again.
    private static final long RETRY_SECONDS = 1;

    public final SessionDetails details;
    public final PendingAsks asks = new PendingAsks();
    final PartialAnswerRecorder answers;
    public final PromptQueue prompts;
    public final UnsentPrompts unsent = new UnsentPrompts(this);
    public final ClientTools tools;
    public final ClientDeclarations declarations;
    private final SessionContext around;
    private final Lane lane;
    private final Recorder recorder;
    private final Fanout fanout;
    private final Queue<CompletableFuture<Void>> stopping = new ArrayDeque<>();
    private final TurnRunner turns;
    private Runnable agentMayStart = () -> {};
    private SessionState state;
    private boolean stalled;
    private boolean retrying;
    private boolean closing;
    private boolean ending;
    private boolean changed;

    public SessionCore(SessionContext around, Lane lane, AgentSlot slot, SessionRecord record)
            throws JournalException {
        this.around = around;
        this.lane = lane;
        this.details = new SessionDetails(record, around.kept());
        this.state = SessionDetails.stateOf(record);
        this.fanout =
                new Fanout(
                        around.journal(),
                        record.id(),
                        lane,
                        around.timer(),
                        new WaitBudget(System::nanoTime),
                        this::greet);
        this.recorder =
                new Recorder(around.journal(), record.id(), record.lastSeq(), fanout::deliver);
        this.prompts = new PromptQueue(around, record.id());
        String error = record.error();
        if (error != null) {
            prompts.failed(error);
        }
        this.answers =
                new PartialAnswerRecorder(around.journal(), record.id(), lane, around.timer());
        this.tools = new ClientTools(around.timer(), around.kept());
        this.declarations = new ClientDeclarations(around.timer(), ClientTools.SERVER);
        this.turns = new TurnRunner(this, slot, around);
        List<Message> left = answers.left();
        left.forEach(this::say);
        if (UnfinishedTurn.isOpen(around.journal(), record)) {
            turns.cutShort();
        }
        if (!left.isEmpty() && flush()) {
            answers.leftIsJournaled();
        }
    }

    public SessionState state() {
        return state;
    }

    public TurnRunner turns() {
        return turns;
    }

    public SessionPolicy policy() {
        return around.policy();
    }

    public Lane lane() {
        return lane;
    }

    /// Moves on and lets everybody know, behind all that was said before. A failure is told also
    /// where the one before was the same: it is another prompt's.
    void move(Trigger trigger) {
        SessionState next = state.apply(trigger);
        if (!next.equals(state) || trigger instanceof Trigger.TurnFailed) {
            state = next;
            details.touched(around.clock().instant(), around.recency().getAsLong());
            changed();
        }
    }

    /// Something of the session's object is different: told with the next [#flush()], behind all
    /// that was said before.
    public void changed() {
        changed = true;
    }

    private void tellChange() throws JournalException {
        if (changed) {
            changed = false;
            SessionView now = view();
            save();
            recorder.show(EventMessages.session(now, around.journal().identity()));
            recorder.flush();
            around.published().accept(now);
        }
    }

    public void queueChanged() {
        show(prompts.notice());
    }

    /// Seq of the last message that is in the journal. Any thread.
    public long writtenSeq() {
        return recorder.writtenSeq();
    }

    SessionView view() {
        return details.view(state, recorder.writtenSeq(), asks.size());
    }

    public void say(Message message) {
        recorder.say(message);
    }

    public void show(Message message) {
        recorder.show(message);
    }

    public void tellOthers(Subscriber but, Message message) {
        fanout.tellOthers(but, message);
    }

    /// Writes and sends what was said and shown.
    ///
    /// @return false if it could not be written; it is kept, the agent waits, and it is tried again
    public boolean flush() {
        try {
            recorder.flush();
            tellChange();
            if (stalled) {
                stalled = false;
                lane.holdInput(false);
                LOG.info("Session {} goes on", details.id);
            }
            return true;
        } catch (JournalException e) {
            stall(e);
            return false;
        }
    }

    /// Moves a waiting prompt into the conversation.
    ///
    /// @return false if that could not be written: it goes on waiting
    boolean begin(UUID prompt, Message user) {
        if (!flush()) {
            return false;
        }
        try {
            recorder.begin(prompt, user);
            prompts.begun();
            return true;
        } catch (JournalException e) {
            stall(e);
            return false;
        }
    }

    private void stall(JournalException e) {
        if (!stalled) {
            stalled = true;
            lane.holdInput(true);
            LOG.warn("Session {} waits for the journal: {}", details.id, e.getMessage());
            var notice = EventMessages.notice("error", "journal", e.getMessage());
            fanout.tellAll(notice);
        }
        if (!retrying) {
            retrying = true;
            around.timer().schedule(() -> lane.post(this::retry), RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void retry() {
        retrying = false;
        if (stalled && flush()) {
            turns.pump();
        }
    }

    void save() {
        try {
            around.journal().save(details.record(state, recorder.writtenSeq()));
        } catch (JournalException e) {
            // The next change writes the whole record again; until then only what this one changed
            // is at stake.
            LOG.warn("Session {} could not be saved: {}", details.id, e.getMessage());
        }
    }

    /// @param folderTrusted whether the agent may run what the folder itself brings
    /// @throws AgentUnavailableException if the session's folder cannot be named
    AgentLaunch launch(boolean folderTrusted) throws AgentUnavailableException {
        UUID known = details.conversation;
        Session.PromptSettings guest = details.guest;
        return new AgentLaunch(
                known == null
                        ? new Conversation.Fresh(details.id)
                        : new Conversation.Resumed(known),
                WorkingFolder.parse(details.cwd),
                guest == null ? details.model : guest.model(),
                guest == null ? details.permissionMode : guest.permissionMode(),
                guest == null ? details.options : guest.options(),
                guest == null ? AgentSecrets.NONE : guest.secrets(),
                tools,
                declarations,
                folderTrusted);
    }

    public void subscribe(Subscriber subscriber, @Nullable Long after) {
        flush();
        long written = recorder.writtenSeq();
        fanout.add(subscriber, after == null ? written : after, written);
    }

    public void unsubscribe(Subscriber subscriber) {
        fanout.remove(subscriber);
        if (declarations.withdraw(subscriber)) {
            turns.agents().renew();
        }
        turns.asks().denyUnanswerable();
    }

    /// Whether there are clients, but none that a person could answer an ask through.
    boolean nobodyCanAnswer(Message ask) {
        if (!fanout.isListenedTo() || around.windowOpen().getAsBoolean()) {
            return false;
        }
        // Other dialects have frames for permissions at most.
        return PendingAsks.isElicitation(ask) ? !fanout.anOwnerAnswers() : !fanout.someoneAnswers();
    }

    /// How things stand, for one who has just become live.
    private void greet(Subscriber subscriber) {
        // First: a session that only asks this is not in state "asking", from which a client would
        // conclude that nothing is open.
        turns.agents().gate.greet(subscriber);
        subscriber.send(EventMessages.session(view(), around.journal().identity()));
        if (!prompts.isEmpty()) {
            subscriber.send(prompts.notice());
        }
        unsent.greet(subscriber);
        answers.soFar().forEach(subscriber::send);
        asks.all().forEach(subscriber::send);
    }

    public void change(Session.Change change, CompletableFuture<SessionView> done) {
        if (change.title() != null) {
            details.title = change.title();
        }
        if (change.pinned() != null) {
            details.pinned = change.pinned();
        }
        if (change.archived() != null) {
            details.archived = change.archived();
        }
        try {
            around.journal().save(details.record(state, recorder.writtenSeq()));
            changed();
            flush();
            done.complete(view());
        } catch (JournalException e) {
            done.completeExceptionally(e);
        }
    }

    /// Turns to what a prompt runs with: a guest's with what the guest has chosen, and no other.
    ///
    /// @param wanted null for the session's own
    /// @return whether that is something else than before
    boolean turnTo(Session.@Nullable PromptSettings wanted) {
        if (Objects.equals(details.guest, wanted)) {
            return false;
        }
        details.guest = wanted;
        details.modelInUse = null;
        return true;
    }

    /// Keeps a control request for the agents to come, and tells everybody.
    public void keep(ObjectNode request) {
        details.keep(request);
        say(ControlAnnouncement.of(request));
        changed();
    }

    /// Ends the agent on purpose, and forgets what waits; completes when it is gone.
    public void end(CompletableFuture<Void> done) {
        for (UUID waiting : prompts.uuids()) {
            try {
                if (prompts.cancel(waiting)) {
                    show(EventMessages.lifecycle(waiting, "cancelled"));
                }
            } catch (JournalException e) {
                LOG.warn("Session {} keeps a prompt: {}", details.id, e.getMessage());
            }
        }
        queueChanged();
        ending = true;
        stopping.add(done);
        turns.agents().leave();
    }

    /// Ends the agent and begins nothing new; completes when it is gone.
    public void stop(CompletableFuture<Void> done) {
        closing = true;
        stopping.add(done);
        turns.agents().leave();
    }

    /// The agent is gone: whoever waited for that need not wait any more.
    void agentGone() {
        if (ending) {
            ending = false;
            move(new Trigger.SessionEnded());
            flush();
            turns.pump(); // a prompt that came in the meantime opens it again
        }
        stopped();
        agentMayStart();
    }

    private void stopped() {
        stopping.forEach(done -> done.complete(null));
        stopping.clear();
    }

    /// @param then run where an agent that could not be started before perhaps can be
    public void whenAgentMayStart(Runnable then) {
        agentMayStart = then;
    }

    void agentMayStart() {
        agentMayStart.run();
    }

    boolean isClosing() {
        return closing || ending;
    }

    public void gone() {
        prompts.forget();
        details.forget();
        tools.clear();
        stopped();
        fanout.goneAll();
    }
}
