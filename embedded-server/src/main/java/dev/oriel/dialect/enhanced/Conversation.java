package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.Premises;
import dev.oriel.dialect.QueryMeter.Outcome;
import dev.oriel.dialect.TextFrames;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.BadRequestException;
import dev.oriel.session.Delivery;
import dev.oriel.session.Session;
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
final class Conversation implements Attachment.Listener {
    private final Peer peer;
    private final Premises premises;
    private final Attaching attaching;
    private final OwnTools ownTools; // of the connection's own thread
    private final Executor later;
    private final Runnable free;
    private final Object lock = new Object();
    private final KeptInput kept = new KeptInput(); // guarded by lock
    private @Nullable Attachment attached; // guarded by lock
    private @Nullable QueryRun run; // guarded by lock
    private double total; // guarded by lock

    /// @param later where things are done that take a moment
    /// @param free run there when a query is over
    Conversation(
            Peer peer,
            Premises premises,
            Attaching attaching,
            OwnTools ownTools,
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
    void query(String prompt, QueryOptions options) {
        say(Frames.queryStart(prompt));
        try {
            Attachment before;
            synchronized (lock) {
                before = attached;
            }
            QueryOptions mine = options.withAllowedTools(ownTools.allowed(options.allowedTools()));
            Session.Setting setting = attaching.setting(mine);
            Attachment now = attaching.attach(mine, before, peer, this);
            ownTools.moveTo(now.session);
            if (before != null && !before.equals(now)) {
                leave(before);
            }
            begin(now, prompt, mine.resume(), setting);
        } catch (BadRequestException | JournalException e) {
            say(Frames.error(String.valueOf(e.getMessage())));
        }
    }

    private void begin(
            Attachment where, String prompt, @Nullable UUID resume, Session.Setting setting) {
        UUID uuid = UUID.randomUUID();
        synchronized (lock) {
            attached = where;
            run = new QueryRun(uuid, resume, where.cost(), total);
            premises.queries().began(Attaching.ORIGIN);
            where.session.prompt(where, UserMessages.prompt(uuid, kept.before(prompt)), setting);
        }
    }

    /// Stops the query that runs; without one nothing happens and nothing is said.
    void interrupt() {
        synchronized (lock) {
            if (run == null || attached == null || run.isInterrupted()) {
                return;
            }
            run.interrupt();
            say(Frames.frame("interrupt_acknowledged"));
            attached.session.interrupt(attached, run.prompt());
        }
    }

    /// Hands text to the turn that runs, or keeps it for the next query.
    void input(String text) throws BadRequestException {
        synchronized (lock) {
            kept.add(text);
            say(Frames.inputAcknowledged(text));
            interject();
        }
    }

    /// Under the lock: what was kept goes to the turn, if one runs.
    private void interject() {
        if (run == null || attached == null || run.isInterrupted() || !run.isRunning()) {
            return;
        }
        for (Message user : kept.takeAll()) {
            attached.session.interject(attached, user);
        }
    }

    @Override
    public void heard(Attachment from, List<Delivery> deliveries) {
        synchronized (lock) {
            if (!from.equals(attached)) {
                return;
            }
            List<ObjectNode> said = new ArrayList<>();
            for (Delivery d : deliveries) {
                kept.heard(d.message());
                if (run != null) {
                    said.addAll(run.take(d));
                }
            }
            say(said.toArray(ObjectNode[]::new));
            interject();
            settle(from);
        }
    }

    @Override
    public void gone(Attachment from) {
        synchronized (lock) {
            if (!from.equals(attached)) {
                return;
            }
            attached = null;
            if (run != null) {
                List<ObjectNode> said = new ArrayList<>();
                run.fail("The session was deleted.", said);
                say(said.toArray(ObjectNode[]::new));
                settle(from);
            }
        }
    }

    /// Under the lock: if the query is over, the next one may come.
    private void settle(Attachment where) {
        if (run != null && run.phase() instanceof QueryRun.Phase.Over(Outcome outcome)) {
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
        later.execute(() -> premises.queries().ended(Attaching.ORIGIN, outcome, took));
    }

    /// The client is gone: what runs for it is stopped.
    void leave() {
        Attachment last;
        synchronized (lock) {
            last = attached;
            attached = null;
            if (run != null) {
                if (last != null) {
                    last.session.abandon(run.prompt());
                }
                premises.queries().ended(Attaching.ORIGIN, Outcome.CANCELLED, run.age());
            }
            run = null;
        }
        ownTools.leave();
        if (last != null) {
            leave(last);
        }
    }

    private static void leave(Attachment attachment) {
        attachment.session.unsubscribe(attachment);
        attachment.session.rest();
    }

    private void say(ObjectNode... frames) {
        if (frames.length > 0) {
            peer.send(new TextFrames(List.of(frames).stream().map(Json::bytes).toList()));
        }
    }
}
