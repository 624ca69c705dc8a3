package dev.oriel.session;

import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentProvider;
import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.SessionRecord;
import dev.oriel.platform.DaemonTimer;
import dev.oriel.session.Session.Change;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.PermissionModes;
import dev.oriel.session.api.SessionDirectoryListener;
import dev.oriel.session.api.SessionLimits;
import dev.oriel.session.api.SessionOrigin;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.api.WorkingFolder;
import dev.oriel.session.fanout.SessionDirectory;
import dev.oriel.session.lane.DeferredWorker;
import dev.oriel.session.lane.Lane;
import dev.oriel.session.lane.VirtualLane;
import dev.oriel.session.state.SessionMemoryBudget;
import dev.oriel.session.trust.TrustedFolders;
import dev.oriel.session.turn.AgentPool;
import dev.oriel.session.turn.AgentSlot;
import dev.oriel.session.turn.SessionContext;
import dev.oriel.session.turn.SessionCore;
import dev.oriel.session.turn.UnknownAgentProvider;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All sessions of the server.
///
/// **Life.** Made with an open journal, which it does not close. [#close()] ends every agent and
/// waits for that.
///
/// **Threads.** Every method may be called from any thread.
public final class Sessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    /// How long [#close()] waits for the agents to leave: the process has five seconds for its own
    /// end.
    private static final long CLOSE_SECONDS = 4;

    /// How long [#delete] waits: longer than a deaf agent can hold out.
    private static final long DELETE_SECONDS = 15;

    private final Journal journal;
    private final Map<String, AgentProvider> providers;
    private final String defaultAgent;
    private final SessionPolicy policy;
    private final InstantSource clock;
    private final Lane.Factory lanes;
    private final TrustedFolders trusted;
    private final AgentPool pool;
    private final ScheduledExecutorService timer;
    private final SessionDirectory registry;
    private final Map<UUID, Session> open = new ConcurrentHashMap<>();
    private final SessionMemoryBudget memoryBudget = SessionMemoryBudget.ofHeap();

    /// @param providers the kinds of agents there are, the default one first
    public Sessions(
            Journal journal,
            List<AgentProvider> providers,
            SessionPolicy policy,
            InstantSource clock)
            throws JournalException {
        this(journal, providers, policy, clock, TrustedFolders.inMemory());
    }

    /// @param trusted folders that may have agents run what they bring
    public Sessions(
            Journal journal,
            List<AgentProvider> providers,
            SessionPolicy policy,
            InstantSource clock,
            TrustedFolders trusted)
            throws JournalException {
        this(journal, providers, policy, clock, trusted, VirtualLane::new);
    }

    Sessions(
            Journal journal,
            List<AgentProvider> providers,
            SessionPolicy policy,
            InstantSource clock,
            TrustedFolders trusted,
            Lane.Factory lanes)
            throws JournalException {
        this.journal = journal;
        this.providers =
                providers.stream()
                        .collect(Collectors.toMap(AgentProvider::kind, Function.identity()));
        this.defaultAgent = providers.getFirst().kind();
        this.policy = policy;
        this.clock = clock;
        this.lanes = lanes;
        this.trusted = trusted;
        this.pool = new AgentPool(policy.maxAgents());
        this.timer = DaemonTimer.create("session-timer");
        this.registry = new SessionDirectory(journal.sessions());
    }

    /// The kinds of agents there are.
    public List<AgentProvider> agents() {
        return List.copyOf(providers.values());
    }

    /// The kind that a session gets that asks for none.
    public String defaultAgent() {
        return defaultAgent;
    }

    /// Whether the operator allowed clients to ask for `bypassPermissions`.
    public boolean mayBypass() {
        return policy.mayBypass();
    }

    /// The mode of sessions whose client does not choose one; null for the agent's own.
    public @Nullable String standardMode() {
        return policy.permissionMode();
    }

    /// How many agents run now.
    public int agentsRunning() {
        return pool.running();
    }

    /// The identity of the journal that they are kept in.
    public UUID journal() {
        return journal.identity();
    }

    /// All sessions, the last changed first.
    public List<SessionView> list() {
        return registry.list().stream().map(this::now).toList();
    }

    public Optional<SessionView> find(UUID id) {
        return registry.find(id).map(this::now);
    }

    /// The registry hears of changes, not of every message.
    private SessionView now(SessionView known) {
        Session session = open.get(known.id());
        return session == null ? known : known.withLastSeq(session.lastSeq());
    }

    /// Makes a session.
    ///
    /// @throws BadRequestException if its folder, agent or mode cannot be
    public SessionView create(SessionSpec wish) throws BadRequestException, JournalException {
        Path cwd = wish.cwd() == null ? Path.of(System.getProperty("user.home")) : wish.cwd();
        String folder = WorkingFolder.require(cwd).toString();
        String agent = wish.agent() == null ? defaultAgent : wish.agent();
        if (!providers.containsKey(agent)) {
            throw new BadRequestException(
                    "agent must be one of "
                            + String.join(", ", providers.keySet().stream().sorted().toList()));
        }
        if (wish.permissionMode() != null) {
            Optional<String> problem =
                    PermissionModes.problem(wish.permissionMode(), policy.mayBypass());
            if (problem.isPresent()) {
                throw new BadRequestException(problem.get());
            }
        }
        SessionLimits.check(wish.promptSettings(null));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        UUID id = wish.id() == null ? UUID.randomUUID() : wish.id();
        if (registry.find(id).isPresent()) {
            throw new BadRequestException("there is a session of that id");
        }
        var made =
                new SessionRecord(
                        id,
                        wish.title(),
                        folder,
                        agent,
                        wish.resume(),
                        wish.isByGuest() ? null : wish.model(),
                        wish.isByGuest() || wish.permissionMode() == null
                                ? policy.permissionMode()
                                : wish.permissionMode(),
                        false,
                        false,
                        false,
                        0,
                        null,
                        new SessionOrigin(wish.origin(), wish.subject()).toString(),
                        wish.isByGuest() || wish.options().equals(AgentOptions.NONE)
                                ? null
                                : wish.options().toJson(),
                        now,
                        now,
                        registry.nextRecency(),
                        0);
        journal.save(made);
        var view = new SessionView(made, new SessionState.Idle(), made.model(), 0);
        registry.update(view);
        return view;
    }

    /// The session to work with.
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
            Optional<SessionRecord> record = journal.findSession(id);
            if (record.isEmpty()) {
                return Optional.empty();
            }
            Session session = wake(record.get());
            open.put(id, session);
            return Optional.of(session);
        }
    }

    private Session wake(SessionRecord record) throws JournalException {
        AgentProvider provider = providers.get(record.agent());
        if (provider == null) {
            provider = new UnknownAgentProvider(record.agent());
        }
        var around =
                new SessionContext(
                        journal,
                        policy,
                        pool,
                        timer,
                        clock,
                        registry::nextRecency,
                        registry::update,
                        registry::hasSubscribers,
                        trusted,
                        memoryBudget);
        var worker = new DeferredWorker();
        Lane lane = lanes.open("session-" + record.id(), worker);
        try {
            var core = new SessionCore(around, lane, new AgentSlot(provider, lane), record);
            worker.become(core.turns()::take);
            return new Session(record.id(), lane, core);
        } catch (JournalException e) {
            lane.close();
            throw e;
        }
    }

    /// Changes what a person may change.
    ///
    /// @return the session afterwards; empty if there is none of that id
    public Optional<SessionView> update(UUID id, Change change)
            throws JournalException, InterruptedException {
        Optional<Session> session = open(id);
        if (session.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(session.get().update(change).get());
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /// Ends a session's agent and forgets all that belongs to it.
    ///
    /// @return false if there is none of that id
    public boolean delete(UUID id) throws JournalException, InterruptedException {
        Optional<Session> session = open(id);
        if (session.isEmpty()) {
            return false;
        }
        await(session.get().stop(), DELETE_SECONDS);
        try {
            session.get().delete(() -> forget(id)).get();
        } catch (ExecutionException e) {
            throw failure(e);
        }
        registry.remove(id);
        return true;
    }

    /// The session is opened anew if its rows cannot be deleted.
    private void forget(UUID id) throws JournalException {
        synchronized (open) {
            open.remove(id);
            journal.delete(id);
        }
    }

    private static JournalException failure(ExecutionException e) {
        if (e.getCause() instanceof JournalException j) {
            return j;
        }
        throw new IllegalStateException(e.getCause());
    }

    /// Ends a session on purpose: its agent leaves, what waits in its queue is cancelled. Its
    /// messages stay, and a new prompt opens it again.
    ///
    /// @return completes when the agent is gone; at once with false if there is none of that id
    public CompletableFuture<Boolean> end(UUID id) throws JournalException {
        Optional<Session> session = open(id);
        return session.isEmpty()
                ? CompletableFuture.completedFuture(false)
                : session.get().end().thenApply(_ -> true);
    }

    public void subscribe(SessionDirectoryListener feed) {
        registry.subscribe(feed);
    }

    public void unsubscribe(SessionDirectoryListener feed) {
        registry.unsubscribe(feed);
        if (!registry.hasSubscribers()) {
            open.values().forEach(Session::onClientsChanged);
        }
    }

    @Override
    public void close() {
        List<CompletableFuture<Void>> leaving = new ArrayList<>();
        open.values().forEach(s -> leaving.add(s.stop()));
        try {
            await(
                    CompletableFuture.allOf(leaving.toArray(CompletableFuture[]::new)),
                    CLOSE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.values().forEach(Session::close);
        timer.shutdownNow();
    }

    private static void await(CompletableFuture<Void> done, long seconds)
            throws InterruptedException {
        try {
            done.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("An agent has not left within {} s", seconds);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /// By what happened last, and not by the clock, which may be set back.
    public static final Comparator<SessionView> NEWEST_FIRST =
            Comparator.comparingLong((SessionView v) -> v.record().recency()).reversed();
}
