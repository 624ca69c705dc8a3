package dev.oriel.dialect.enhanced;

import dev.oriel.session.api.PromptSettings;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.DialectContext;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.QueryMeter.Outcome;
import dev.oriel.dialect.TextFrames;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.event.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What one connection talks about with the agent: one query at a time, in one session after the
/// other, and input in between.
///
/// **Threads.** Called on the connection's own thread and, with what the session says, on the
/// session's lane; the lock guards what both look at. Frames are sent under it, so that they go out
/// in the order in which things happen.
final class QueryRunner implements SessionAttachment.Listener {
    private final Peer peer;
    private final DialectContext premises;
    private final SessionResolver attaching;
    private final ConnectionTools ownTools; // of the connection's own thread
    private final Executor later;
    private final Runnable free;
    private final Object lock = new Object();
    private final PendingInput kept = new PendingInput(); // guarded by lock
    private @Nullable SessionAttachment attached; // guarded by lock
    private @Nullable QueryRun run; // guarded by lock
    private double total; // guarded by lock

    /// @param later where things are done that take a moment
    /// @param free run there when a query is over
    QueryRunner(
            Peer peer,
            DialectContext premises,
            SessionResolver attaching,
            ConnectionTools ownTools,
            Executor later,
            Runnable free) {
        this.peer = peer;
        this.premises = premises;
        this.attaching = attaching;
        this.ownTools = ownTools;
        this.later = later;
        this.free = free;
    }

    boolean isBusy() {
        synchronized (lock) {
            return run != null;
        }
    }

    /// The tools of the agent, as far as it has said; empty if it has not.
    List<String> tools() {
        synchronized (lock) {
            return attached == null ? List.of() : attached.tools();
        }
    }

    /// Asks. Not while a query runs.
    void startQuery(String prompt, QueryOptions options) {
        send(EnhancedFrames.queryStart(prompt));
        try {
            SessionAttachment before;
            synchronized (lock) {
                before = attached;
            }
            QueryOptions mine =
                    options.withAllowedTools(ownTools.expandRules(options.allowedTools()));
            PromptSettings setting = attaching.setting(mine);
            SessionAttachment now = attaching.attach(mine, before, peer, this);
            ownTools.attachTo(now.session);
            if (before != null && !before.equals(now)) {
                detach(before);
            }
            start(now, prompt, mine.resume(), setting);
        } catch (BadRequestException | JournalException e) {
            send(EnhancedFrames.error(String.valueOf(e.getMessage())));
        }
    }

    private void start(
            SessionAttachment where, String prompt, @Nullable UUID resume, PromptSettings setting) {
        UUID uuid = UUID.randomUUID();
        synchronized (lock) {
            attached = where;
            run = new QueryRun(uuid, resume, where.cost(), total);
            premises.queries().onStarted(SessionResolver.ORIGIN);
            where.session.prompt(where, UserMessages.prompt(uuid, kept.prependTo(prompt)), setting);
        }
    }

    /// Stops the query that runs; without one nothing happens and nothing is said.
    void interrupt() {
        synchronized (lock) {
            if (run == null || attached == null || run.isInterrupted()) {
                return;
            }
            run.interrupt();
            send(EnhancedFrames.frame("interrupt_acknowledged"));
            attached.session.interrupt(attached, run.prompt());
        }
    }

    /// Hands text to the turn that runs, or keeps it for the next query.
    void addInput(String text) throws BadRequestException {
        synchronized (lock) {
            kept.add(text);
            send(EnhancedFrames.inputAcknowledged(text));
            deliverPendingInput();
        }
    }

    /// Under the lock: what was kept goes to the turn, if one runs.
    private void deliverPendingInput() {
        if (run == null || attached == null || run.isInterrupted() || !run.isRunning()) {
            return;
        }
        for (Message user : kept.drainToMessages()) {
            attached.session.promptMidTurn(attached, user);
        }
    }

    @Override
    public void onDeliveries(SessionAttachment from, List<Delivery> deliveries) {
        synchronized (lock) {
            if (!from.equals(attached)) {
                return;
            }
            List<ObjectNode> said = new ArrayList<>();
            for (Delivery d : deliveries) {
                kept.onEvent(d.event());
                if (run != null) {
                    said.addAll(run.apply(d));
                }
            }
            send(said.toArray(ObjectNode[]::new));
            deliverPendingInput();
            finishQueryIfOver(from);
        }
    }

    @Override
    public void onSessionDeleted(SessionAttachment from) {
        synchronized (lock) {
            if (!from.equals(attached)) {
                return;
            }
            attached = null;
            if (run != null) {
                List<ObjectNode> said = new ArrayList<>();
                run.fail("The session was deleted.", said);
                send(said.toArray(ObjectNode[]::new));
                finishQueryIfOver(from);
            }
        }
    }

    /// Under the lock: if the query is over, the next one may come.
    private void finishQueryIfOver(SessionAttachment where) {
        if (run != null && run.phase() instanceof QueryRun.Phase.Finished(Outcome outcome)) {
            if (outcome == Outcome.ERROR) {
                where.session.abandon(run.prompt()); // it may still wait, or run
            }
            total = run.total();
            count(run, outcome);
            run = null;
            later.execute(free);
        }
    }

    private void count(QueryRun ended, Outcome outcome) {
        Duration took = ended.age();
        later.execute(() -> premises.queries().onFinished(SessionResolver.ORIGIN, outcome, took));
    }

    /// The client is gone: what runs for it is stopped.
    void close() {
        SessionAttachment last;
        synchronized (lock) {
            last = attached;
            attached = null;
            if (run != null) {
                if (last != null) {
                    last.session.abandon(run.prompt());
                }
                premises.queries().onFinished(SessionResolver.ORIGIN, Outcome.CANCELLED, run.age());
            }
            run = null;
        }
        ownTools.detach();
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
