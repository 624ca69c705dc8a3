package dev.oriel.session;

import dev.oriel.agent.AgentProvider;
import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.SessionRecord;
import dev.oriel.platform.DaemonTimer;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionDirectoryListener;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.session.api.SessionUpdate;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.fanout.SessionDirectory;
import dev.oriel.session.lane.Lane;
import dev.oriel.session.lane.VirtualLane;
import dev.oriel.session.state.SessionMemoryBudget;
import dev.oriel.session.trust.TrustedFolders;
import dev.oriel.session.turn.AgentPool;
import dev.oriel.session.turn.SessionContext;
import dev.oriel.session.turn.UnknownAgentProvider;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All sessions of the server.
///
/// **Life cycle.** Created with an open journal, which it does not close. [#close()] stops every
/// agent and waits for that.
///
/// **Threads.** Every method may be called from any thread.
public final class Sessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    /// How long [#close()] waits for the agents: the process has five seconds to shut down.
    private static final long CLOSE_SECONDS = 4;

    /// How long [#delete] waits: longer than it takes to kill an agent that does not react.
    private static final long DELETE_SECONDS = 15;

    private final Map<String, AgentProvider> providers;
    private final String defaultAgent;
    private final SessionContext context;
    private final SessionCreator creator;
    private final SessionBranches branches;
    private final ConversationCleanup cleanup;
    private final Map<UUID, Session> open = new ConcurrentHashMap<>();

    /// Trusts no folder that the user has not trusted since the start.
    ///
    /// @param providers the kinds of agents, the default one first
    public Sessions(
            Journal journal,
            List<AgentProvider> providers,
            SessionPolicy policy,
            InstantSource clock)
            throws JournalException {
        this(journal, providers, policy, clock, TrustedFolders.inMemory());
    }

    /// @param providers the kinds of agents, the default one first
    /// @param trusted folders that may have agents run what they bring
    public Sessions(
            Journal journal,
            List<AgentProvider> providers,
            SessionPolicy policy,
            InstantSource clock,
            TrustedFolders trusted)
            throws JournalException {
        this.providers =
                providers.stream()
                        .collect(Collectors.toMap(AgentProvider::kind, Function.identity()));
        this.defaultAgent = providers.getFirst().kind();
        this.context =
                new SessionContext(
                        journal,
                        new SessionDirectory(SessionForker.completeSessions(journal)),
                        policy,
                        new AgentPool(policy.maxAgents()),
                        trusted,
                        SessionMemoryBudget.ofHeap(),
                        DaemonTimer.create("session-timer"),
                        clock);
        this.creator = new SessionCreator(context, this.providers.keySet(), defaultAgent);
        this.branches = new SessionBranches(this, context);
        this.cleanup = new ConversationCleanup(journal, providers);
        cleanup.start();
    }

    /// The kinds of agents that sessions can have.
    public List<AgentProvider> agents() {
        return List.copyOf(providers.values());
    }

    /// Forks and rewinds sessions.
    public SessionBranches branches() {
        return branches;
    }

    /// The kind of agent of a session that asks for none.
    public String defaultAgent() {
        return defaultAgent;
    }

    /// True if the operator allows clients to ask for `bypassPermissions`.
    public boolean mayBypass() {
        return context.policy().mayBypass();
    }

    /// Permission mode of sessions whose client does not choose one; null for the agent's default.
    public @Nullable String defaultPermissionMode() {
        return context.policy().permissionMode();
    }

    /// Number of agents that run now.
    public int agentsRunning() {
        return context.pool().taken();
    }

    /// Identity of the journal that holds the sessions.
    public UUID journal() {
        return context.journal().identity();
    }

    /// All sessions, the last changed first.
    public List<SessionView> list() {
        return context.directory().list().stream().map(this::now).toList();
    }

    public Optional<SessionView> find(UUID id) {
        return context.directory().find(id).map(this::now);
    }

    /// With the current seq: the directory gets changes of sessions, not every message.
    private SessionView now(SessionView known) {
        Session session = open.get(known.id());
        return session == null ? known : known.withLastSeq(session.lastSeq());
    }

    /// The ids of the tasks that the agent of a session runs at this moment; empty if it has none.
    public Set<String> runningTasks(UUID id) {
        Session session = open.get(id);
        return session == null ? Set.of() : session.runningTasks();
    }

    /// Creates a session.
    ///
    /// @throws BadRequestException if its folder, agent, permission mode or id is not possible
    public SessionView create(SessionSpec spec) throws BadRequestException, JournalException {
        return creator.create(spec);
    }

    /// Opens a session, if it is not open yet.
    ///
    /// @return empty if there is none of that id
    public Optional<Session> open(UUID id) throws JournalException {
        Session known = open.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        synchronized (open) {
            known = open.get(id);
            if (known != null) {
                return Optional.of(known);
            }
            Optional<SessionRecord> record = context.journal().findSession(id);
            if (record.isEmpty()) {
                return Optional.empty();
            }
            Session session = load(record.get());
            open.put(id, session);
            return Optional.of(session);
        }
    }

    private Session load(SessionRecord record) throws JournalException {
        AgentProvider provider = providers.get(record.agent());
        if (provider == null) {
            provider = new UnknownAgentProvider(record.agent());
        }
        Lane lane = new VirtualLane("session-" + record.id());
        try {
            return new Session(record, provider, context, lane);
        } catch (JournalException e) {
            lane.close();
            throw e;
        }
    }

    /// Changes what the user may change.
    ///
    /// @return the session afterwards; empty if there is none of that id
    public Optional<SessionView> update(UUID id, SessionUpdate update)
            throws JournalException, InterruptedException {
        Optional<Session> session = open(id);
        if (session.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(session.get().update(update).get());
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /// Stops a session's agent and deletes everything that belongs to it.
    ///
    /// @return false if there is none of that id
    public boolean delete(UUID id) throws JournalException, InterruptedException {
        Optional<Session> session = open(id);
        if (session.isEmpty()) {
            return false;
        }
        await(session.get().stop(), DELETE_SECONDS);
        try {
            session.get().delete(() -> deleteRows(id)).get();
        } catch (ExecutionException e) {
            throw failure(e);
        }
        context.directory().remove(id);
        cleanup.run();
        return true;
    }

    /// If the rows cannot be deleted, the session can be opened again.
    private void deleteRows(UUID id) throws JournalException {
        synchronized (open) {
            open.remove(id);
            context.journal().delete(id);
        }
    }

    private static JournalException failure(ExecutionException e) {
        if (e.getCause() instanceof JournalException j) {
            return j;
        }
        throw new IllegalStateException(e.getCause());
    }

    /// Ends a session: its agent exits, queued prompts are cancelled. Its messages stay, and a new
    /// prompt reopens it.
    ///
    /// @return completes when the agent is gone; at once with false if there is none of that id
    public CompletableFuture<Boolean> end(UUID id) throws JournalException {
        Optional<Session> session = open(id);
        return session.isEmpty()
                ? CompletableFuture.completedFuture(false)
                : session.get().end().thenApply(_ -> true);
    }

    /// Sends all sessions to a listener, then every change of one.
    public void subscribe(SessionDirectoryListener listener) {
        context.directory().subscribe(listener);
    }

    public void unsubscribe(SessionDirectoryListener listener) {
        context.directory().unsubscribe(listener);
        if (!context.directory().isFollowed()) {
            open.values().forEach(Session::onClientsChanged);
        }
    }

    @Override
    public void close() {
        List<CompletableFuture<Void>> stopping = new ArrayList<>();
        open.values().forEach(s -> stopping.add(s.stop()));
        try {
            await(
                    CompletableFuture.allOf(stopping.toArray(CompletableFuture[]::new)),
                    CLOSE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.values().forEach(Session::close);
        context.timer().shutdownNow();
    }

    private static void await(CompletableFuture<Void> done, long seconds)
            throws InterruptedException {
        try {
            done.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("An agent has not exited within {} s", seconds);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
