package dev.oriel.session.turn;

import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.journal.Journal;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.control.ClientDeclarations;
import dev.oriel.session.control.Role;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.EventBatch;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.fanout.SessionDirectory;
import dev.oriel.session.fanout.SessionOutput;
import dev.oriel.session.state.PendingAsks;
import dev.oriel.session.state.PromptQueue;
import dev.oriel.session.state.SessionDetails;
import dev.oriel.session.state.SessionMemoryBudget;
import dev.oriel.session.state.SessionModel;
import dev.oriel.session.state.TrustQuestion;
import dev.oriel.session.state.WaitingPrompt;
import dev.oriel.session.tools.ClientTools;
import dev.oriel.session.trust.TrustedFolders;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.manual.ManualClock;
import dev.oriel.testing.manual.ManualSessionLane;
import dev.oriel.testing.manual.ManualTimer;
import dev.oriel.testing.server.FaultyJournal;
import dev.oriel.testing.server.MemoryJournal;
import dev.oriel.testing.server.StoredSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// One session whose lane and timer the test drives by hand, with a real journal, an agent that the
/// test plays, and one subscriber.
public abstract class TurnFixture {
    @TempDir protected Path folder;
    protected final ManualSessionLane lane = new ManualSessionLane();
    protected final ManualTimer timer = new ManualTimer();
    protected final ScriptedProvider provider = new ScriptedProvider();
    protected final Events client = new Events();
    protected final TrustedFolders trusted = TrustedFolders.inMemory();
    protected final SessionMemoryBudget budget = new SessionMemoryBudget(Long.MAX_VALUE);
    protected final UUID id = UUID.randomUUID();
    protected FaultyJournal journal;
    protected AgentPool pool;
    protected SessionModel model;
    protected SessionOutput output;
    protected TurnRunner turns;
    protected ClientTools tools;
    protected ClientDeclarations declarations;

    @BeforeEach
    void open() throws Exception {
        journal = new FaultyJournal(new MemoryJournal());
        SessionRecord record =
                StoredSession.of(id).cwd(folder.toString()).agent("cli").recency(1).record();
        journal.save(record);
        var directory = new SessionDirectory(journal.sessions());
        pool = new AgentPool(1);
        var context =
                new SessionContext(
                        journal,
                        directory,
                        SessionPolicy.defaults(),
                        pool,
                        trusted,
                        budget,
                        timer,
                        new ManualClock());
        model =
                new SessionModel(
                        new SessionDetails(record, budget),
                        new PromptQueue(journal, id, false, budget),
                        new PendingAsks(),
                        new TrustQuestion());
        output =
                new SessionOutput(
                        model, lane, journal, timer, new ManualClock(), directory, 0, null);
        tools = new ClientTools(timer, budget);
        declarations = new ClientDeclarations(timer, ClientTools.SERVER);
        turns = new TurnRunner(model, output, lane, provider, context, tools, declarations);
        output.subscribe(client, null);
        client.events.clear();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    /// Queues a prompt and starts it if the session is free.
    protected UUID prompt(String text) throws Exception {
        UUID uuid = UUID.randomUUID();
        model.prompts().add(WaitingPrompt.of(uuid, UserMessages.prompt(uuid, text), null));
        turns.startNext();
        return uuid;
    }

    /// The n-th agent that was started, from 0. It does not exit by itself when it is told to.
    protected ScriptedAgent agent(int n) {
        ScriptedAgent agent = provider.agents().get(n);
        agent.ignoreClose();
        return agent;
    }

    protected void advance(Duration time) {
        timer.advance(time);
        lane.runAll();
    }

    protected List<String> journaledTypes() throws Exception {
        return journal.messagesAfter(id, 0, 100).stream()
                .map(Journal.Entry::message)
                .map(m -> m.subtype() == null ? m.type() : m.type() + "/" + m.subtype())
                .toList();
    }

    /// Another session of the server, at work, that wants the only place for an agent.
    public final class OtherSession implements AgentPool.Member {
        private int notified;

        /// @return whether the place was free
        public boolean takePlace() {
            return pool.acquire(this);
        }

        public void leave() {
            pool.release(this);
        }

        /// How often it was notified of a free place.
        public int notified() {
            return notified;
        }

        @Override
        public void stopIfIdle() {
            // It is at work.
        }

        @Override
        public void onPlaceFree() {
            notified++;
        }
    }

    /// Collects events; always has room.
    public static final class Events implements Subscriber {
        public final List<SessionEvent> events = new ArrayList<>();
        public boolean answersAsks = true;
        public Role role = Role.GUEST;

        public <T extends SessionEvent> List<T> all(Class<T> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }

        public <T extends SessionEvent> T last(Class<T> type) {
            return all(type).getLast();
        }

        public List<Message> messages() {
            return all(MessageEvent.class).stream().map(MessageEvent::message).toList();
        }

        @Override
        public void deliver(EventBatch batch) {
            batch.deliveries().forEach(d -> events.add(d.event()));
        }

        @Override
        public void replay(List<Delivery> page) {
            page.forEach(d -> events.add(d.event()));
        }

        @Override
        public void send(SessionEvent event) {
            events.add(event);
        }

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public boolean awaitRoom(Duration timeout) {
            return true;
        }

        @Override
        public void whenRoom(Runnable then) {
            then.run();
        }

        @Override
        public void onDeleted() {
            // Not tested.
        }

        @Override
        public void onFailed(String reason) {
            throw new AssertionError(reason);
        }

        @Override
        public boolean answersAsks() {
            return answersAsks;
        }

        @Override
        public Role role() {
            return role;
        }
    }

    static final String IDLE =
            "{\"type\":\"system\",\"subtype\":\"session_state_changed\",\"state\":\"idle\"}";

    SessionState state() {
        return model.details().state();
    }

    List<Progress> progress(UUID prompt) {
        return client.all(PromptChanged.class).stream()
                .filter(p -> p.prompt().equals(prompt))
                .map(PromptChanged::progress)
                .toList();
    }

    void exit(ScriptedAgent agent, ExitCause cause) {
        agent.exit(cause);
        lane.runAll();
    }

    static String result(UUID answered) {
        return "{\"type\":\"result\",\"subtype\":\"success\",\"user_message_uuids\":[\"%s\"]}"
                .formatted(answered);
    }

    /// The agent starts a turn by itself, when a background task ends.
    static final String TASK_RESULT =
            "{\"type\":\"result\",\"subtype\":\"success\",\"origin\":{\"kind\":\"task-notification\"}}";
}
