package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.DialectContext;
import dev.oriel.journal.JournalException;
import dev.oriel.session.Session;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.session.api.SessionView;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sessions of one placement of the manager dialect. They do not belong to a socket: each
/// client that is logged in can use all of them (wire.md 5.5). Sessions of other dialects and
/// placements are not included, because a client with this key need not have the server's token.
///
/// **Life cycle.** As long as the server. After a restart it is empty, while the conversations
/// remain in the journal.
///
/// **Threads.** Any thread. Methods that block say so.
final class ManagedSessions {
    private static final Logger LOG = LoggerFactory.getLogger(ManagedSessions.class);
    private static final Duration CLEAN_UP = Duration.ofMinutes(1);

    private final DialectContext context;
    private final Sessions sessions;
    private final ManagerSettings settings;
    private final Map<UUID, ManagedSession> all = new LinkedHashMap<>(); // guarded by this

    ManagedSessions(DialectContext context, ManagerSettings settings) {
        this.context = context;
        this.sessions = context.sessions();
        this.settings = settings;
        long period =
                Math.min(CLEAN_UP.toMillis(), Math.max(1, settings.sessionTimeout().toMillis()));
        context.timer()
                .scheduleWithFixedDelay(
                        () -> Thread.ofVirtual().name("manager-clean-up").start(this::cleanUp),
                        period,
                        period,
                        TimeUnit.MILLISECONDS);
    }

    /// Creates a session. Blocks for the journal. If it fails, nothing remains of the session.
    ///
    /// @throws CommandRefusedException with the text of the `error` frame
    synchronized ManagedSession create(ManagerCommand.CreateSession command)
            throws CommandRefusedException {
        if (all.size() >= settings.maxSessions()) {
            throw new CommandRefusedException(
                    "Maximum concurrent sessions (%d) reached".formatted(settings.maxSessions()));
        }
        UUID id = command.session() == null ? UUID.randomUUID() : command.session();
        if (sessions.find(id).isPresent()) {
            throw new CommandRefusedException("Session " + id + " already exists");
        }
        try {
            SessionSpec newSession = newSession(id, command.options());
            sessions.create(newSession);
            var created =
                    new ManagedSession(
                            open(id),
                            command.options(),
                            newSession.promptSettings(sessions.defaultPermissionMode()),
                            context,
                            settings.permissionTimeout(),
                            () -> remove(id));
            all.put(id, created);
            return created;
        } catch (BadRequestException | JournalException e) {
            throw new CommandRefusedException("Failed to create session: " + e.getMessage());
        }
    }

    private Session open(UUID id) throws JournalException, CommandRefusedException {
        try {
            return sessions.open(id).orElseThrow(() -> CommandRefusedException.noSuchSession(id));
        } catch (JournalException e) {
            deleteQuietly(id);
            throw e;
        }
    }

    private void deleteQuietly(UUID id) {
        try {
            sessions.delete(id);
        } catch (JournalException e) {
            LOG.warn("A session that could not be opened stays in the journal: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SessionSpec newSession(UUID id, ManagedSessionOptions options)
            throws BadRequestException, CommandRefusedException {
        if (settings.toolsNeedPermission() && options.skipsAsks()) {
            throw new BadRequestException(
                    "on this server tools ask, so permission_mode must be default,"
                            + " manual, plan or dontAsk");
        }
        Path folder = folder(options.workingDirectory());
        return SessionSpec.builder("manager")
                .id(id)
                .cwd(folder)
                .permissionMode(
                        settings.toolsNeedPermission() && options.permissionMode() == null
                                ? "default"
                                : options.permissionMode())
                .options(
                        options.toAgentOptions(
                                settings.toolsNeedPermission(),
                                agentPrompt(options.agentName(), folder)))
                .build();
    }

    private static @Nullable String agentPrompt(@Nullable String name, @Nullable Path folder)
            throws CommandRefusedException {
        if (name == null || name.isEmpty()) {
            return null;
        }
        AgentDefinitions files = AgentDefinitions.forFolder(folder);
        AgentDefinitions.AgentDefinition agent = files.find(name);
        if (agent == null) {
            throw new CommandRefusedException(
                    "Agent '%s' not found in %s".formatted(name, files.folder()));
        }
        return agent.prompt();
    }

    private static @Nullable Path folder(@Nullable String wanted) throws BadRequestException {
        if (wanted == null) {
            return null;
        }
        try {
            Path folder = Path.of(wanted);
            if (folder.isAbsolute() && Files.isDirectory(folder)) {
                return folder;
            }
        } catch (InvalidPathException e) {
            // Reported below.
        }
        throw new BadRequestException(
                "working_directory must be an existing folder, as an absolute path");
    }

    synchronized Optional<ManagedSession> find(UUID id) {
        return Optional.ofNullable(all.get(id));
    }

    ManagerSettings settings() {
        return settings;
    }

    synchronized int size() {
        return all.size();
    }

    /// The session objects of the protocol, the oldest session first.
    synchronized List<ObjectNode> sessionObjects() {
        return all.values().stream()
                .flatMap(s -> sessions.find(s.id()).map(s::toJson).stream())
                .toList();
    }

    /// The session object of the protocol.
    ObjectNode sessionObject(ManagedSession session) throws CommandRefusedException {
        return sessions.find(session.id())
                .map(session::toJson)
                .orElseThrow(() -> CommandRefusedException.noSuchSession(session.id()));
    }

    /// Ends a session. It cannot be found afterwards; its conversation remains in the journal.
    ///
    /// @return completes when its agent has ended
    CompletableFuture<Boolean> end(ManagedSession session) {
        remove(session.id());
        try {
            return sessions.end(session.id());
        } catch (JournalException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// Ends all sessions.
    ///
    /// @return the sessions that have ended, after their agents have
    CompletableFuture<List<UUID>> endAll() {
        List<UUID> ended = new CopyOnWriteArrayList<>();
        CompletableFuture<?>[] ends =
                snapshot().stream()
                        .map(s ->
                                end(s).handle((_, failure) -> {
                                    if (failure == null) {
                                        ended.add(s.id());
                                    } else {
                                        LOG.warn("Session {} did not end", s.id(), failure);
                                    }
                                    return s;
                                }))
                        .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(ends).thenApply(_ -> List.copyOf(ended));
    }

    /// Ends a session and deletes its messages. Blocks until its agent has ended.
    void delete(ManagedSession session) throws CommandRefusedException {
        remove(session.id());
        try {
            sessions.delete(session.id());
        } catch (JournalException e) {
            throw new CommandRefusedException("Failed to delete session: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandRefusedException("Failed to delete session: the server is ending");
        }
    }

    /// The frame with the messages of a session. Blocks for the journal.
    ObjectNode loadMessages(ManagedSession session, int limit, int offset)
            throws CommandRefusedException {
        SessionView view =
                sessions.find(session.id())
                        .orElseThrow(() -> CommandRefusedException.noSuchSession(session.id()));
        try {
            return new StoredMessages(
                            context.journal(),
                            session.id(),
                            ManagerTimestamps.format(view.record().updatedAt()))
                    .loadPage(limit, offset);
        } catch (JournalException e) {
            throw new CommandRefusedException("Failed to load messages: " + e.getMessage());
        }
    }

    private void remove(UUID id) {
        ManagedSession removed;
        synchronized (this) {
            removed = all.remove(id);
        }
        if (removed != null) {
            removed.close();
        }
    }

    /// Ends sessions that have been idle for too long, without a frame, as the original does.
    private void cleanUp() {
        try {
            Instant before = Instant.now().minus(settings.sessionTimeout());
            for (ManagedSession each : snapshot()) {
                Optional<SessionView> view = sessions.find(each.id());
                if (view.isEmpty() || isStale(view.get(), before)) {
                    LOG.info("Session {} has been idle for too long and ends", each.id());
                    end(each)
                            .whenComplete((_, failure) -> {
                                if (failure != null) {
                                    LOG.warn(
                                            "Session {} did not end: {}",
                                            each.id(),
                                            failure.toString());
                                }
                            });
                }
            }
        } catch (RuntimeException e) {
            LOG.error("The clean-up of idle sessions failed", e);
        }
    }

    private static boolean isStale(SessionView view, Instant before) {
        return view.state().currentTurn().isEmpty() && view.record().updatedAt().isBefore(before);
    }

    private synchronized List<ManagedSession> snapshot() {
        return List.copyOf(all.values());
    }
}
