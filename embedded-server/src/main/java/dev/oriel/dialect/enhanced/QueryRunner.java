package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.DialectContext;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.QueryMeter.Outcome;
import dev.oriel.dialect.TextFrames;
import dev.oriel.dialect.enhanced.QueryState.Trigger;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.PromptSettings;
import dev.oriel.session.event.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Runs the queries of one connection: one at a time, each in a session, with input in between.
///
/// **Threads.** Called on the connection's own thread and, with the session's events, on the
/// session's lane. Frames are sent while the lock is held, so that their order is that of the
/// events.
final class QueryRunner implements SessionAttachment.Listener {
    private final Peer peer;
    private final DialectContext context;
    private final SessionResolver sessions;
    private final ConnectionTools tools; // used by the connection's own thread only
    private final Executor connectionThread;
    private final Runnable onIdle;
    private final Object lock = new Object();
    private final PendingInput pendingInput = new PendingInput(); // guarded by lock
    private QueryState<SessionAttachment> state = new QueryState.Detached<>(); // guarded by lock
    private double total; // guarded by lock: cost of all queries that have finished, US dollars

    /// @param connectionThread runs tasks that take a moment
    /// @param onIdle run there after a query has ended
    QueryRunner(
            Peer peer,
            DialectContext context,
            SessionResolver sessions,
            ConnectionTools tools,
            Executor connectionThread,
            Runnable onIdle) {
        this.peer = peer;
        this.context = context;
        this.sessions = sessions;
        this.tools = tools;
        this.connectionThread = connectionThread;
        this.onIdle = onIdle;
    }

    boolean isBusy() {
        synchronized (lock) {
            return state instanceof QueryState.Querying;
        }
    }

    /// The agent's tools; empty until the agent has reported them.
    List<String> tools() {
        synchronized (lock) {
            SessionAttachment current = state.lastAttachment();
            return current == null ? List.of() : current.tools();
        }
    }

    /// Starts a query. Must not be called while one is running. Blocks for the journal.
    void startQuery(String prompt, QueryOptions options) {
        send(EnhancedFrames.queryStart(prompt));
        try {
            SessionAttachment before;
            synchronized (lock) {
                before = state.lastAttachment();
            }
            QueryOptions expanded =
                    options.withAllowedTools(tools.expandRules(options.allowedTools()));
            PromptSettings settings = sessions.settings(expanded);
            SessionAttachment now = sessions.attach(expanded, before, peer, this);
            tools.attachTo(now.session);
            if (before != null && !before.equals(now)) {
                detach(before);
            }
            start(now, prompt, expanded.resume(), settings);
        } catch (BadRequestException | JournalException e) {
            send(EnhancedFrames.error(String.valueOf(e.getMessage())));
        }
    }

    private void start(
            SessionAttachment attachment,
            String prompt,
            @Nullable UUID resume,
            PromptSettings settings) {
        UUID uuid = UUID.randomUUID();
        synchronized (lock) {
            QueryRun run = new QueryRun(uuid, resume, attachment.cost(), total);
            state = state.on(new Trigger.QueryStarted<>(attachment, run));
            context.queries().onStarted(SessionResolver.ORIGIN);
            attachment.session.prompt(
                    attachment,
                    UserMessages.prompt(uuid, pendingInput.prependTo(prompt)),
                    settings);
        }
    }

    /// Interrupts the running query. Without one it has no effect.
    void interrupt() {
        synchronized (lock) {
            if (state instanceof QueryState.Querying(SessionAttachment attachment, QueryRun run)
                    && run.interrupt()) {
                send(EnhancedFrames.frame("interrupt_acknowledged"));
                attachment.session.interrupt(attachment, run.prompt());
            }
        }
    }

    /// Passes text to the running turn, or keeps it for the next query.
    void addInput(String text) throws BadRequestException {
        synchronized (lock) {
            pendingInput.add(text);
            send(EnhancedFrames.inputAcknowledged(text));
            deliverPendingInput();
        }
    }

    /// Passes pending input to the turn if one is running. Called with the lock held.
    private void deliverPendingInput() {
        if (state instanceof QueryState.Querying(SessionAttachment attachment, QueryRun run)
                && run.isRunning()) {
            for (Message user : pendingInput.drainToMessages()) {
                attachment.session.promptMidTurn(attachment, user);
            }
        }
    }

    @Override
    public void onDeliveries(SessionAttachment from, List<Delivery> deliveries) {
        synchronized (lock) {
            if (!from.equals(state.lastAttachment())) {
                return;
            }
            List<ObjectNode> frames = new ArrayList<>();
            for (Delivery delivery : deliveries) {
                pendingInput.onEvent(delivery.event());
                if (state instanceof QueryState.Querying(SessionAttachment _, QueryRun run)) {
                    frames.addAll(run.apply(delivery.event()));
                }
            }
            send(frames.toArray(ObjectNode[]::new));
            deliverPendingInput();
            finishQueryIfOver(new Trigger.QueryFinished<>());
        }
    }

    @Override
    public void onSessionDeleted(SessionAttachment from) {
        synchronized (lock) {
            if (!from.equals(state.lastAttachment())) {
                return;
            }
            if (state instanceof QueryState.Querying(SessionAttachment _, QueryRun run)) {
                List<ObjectNode> frames = new ArrayList<>();
                run.fail("The session was deleted.", frames);
                send(frames.toArray(ObjectNode[]::new));
                finishQueryIfOver(new Trigger.SessionDeleted<>());
            } else {
                state = state.on(new Trigger.SessionDeleted<>());
            }
        }
    }

    /// Called with the lock held.
    ///
    /// @param end applied if the query is over
    private void finishQueryIfOver(Trigger<SessionAttachment> end) {
        if (state instanceof QueryState.Querying(SessionAttachment attachment, QueryRun run)
                && run.phase() instanceof QueryPhase.Finished(Outcome outcome)) {
            if (outcome == Outcome.ERROR) {
                attachment.session.abandon(run.prompt()); // it can still be waiting or running
            }
            total = run.total();
            count(run, outcome);
            state = state.on(end);
            connectionThread.execute(onIdle);
        }
    }

    private void count(QueryRun run, Outcome outcome) {
        Duration took = run.age();
        connectionThread.execute(
                () -> context.queries().onFinished(SessionResolver.ORIGIN, outcome, took));
    }

    /// Stops the running query after the client has disconnected.
    void close() {
        SessionAttachment last;
        synchronized (lock) {
            last = state.lastAttachment();
            if (state instanceof QueryState.Querying(SessionAttachment attachment, QueryRun run)) {
                attachment.session.abandon(run.prompt());
                context.queries().onFinished(SessionResolver.ORIGIN, Outcome.CANCELLED, run.age());
            }
            state = state.on(new Trigger.Disconnected<>());
        }
        tools.detach();
        if (last != null) {
            detach(last);
        }
    }

    private static void detach(SessionAttachment attachment) {
        attachment.session.unsubscribe(attachment);
        attachment.session.stopAgentIfIdle();
    }

    private void send(ObjectNode... frames) {
        if (frames.length > 0) {
            peer.send(new TextFrames(List.of(frames).stream().map(Json::encode).toList()));
        }
    }
}
