package dev.oriel.session;

import dev.oriel.agent.AgentProvider;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.Message;
import dev.oriel.session.api.PromptSettings;
import dev.oriel.session.api.SessionUpdate;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.branch.BranchPoint;
import dev.oriel.session.branch.BranchSource;
import dev.oriel.session.branch.Lineage;
import dev.oriel.session.command.AskCommands;
import dev.oriel.session.command.BranchCommands;
import dev.oriel.session.command.ControlCommands;
import dev.oriel.session.command.InitializeRequests;
import dev.oriel.session.command.PromptCommands;
import dev.oriel.session.command.SessionCommands;
import dev.oriel.session.command.ToolCommands;
import dev.oriel.session.control.ClientDeclarations;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.fanout.SessionOutput;
import dev.oriel.session.lane.Lane;
import dev.oriel.session.state.PendingAsks;
import dev.oriel.session.state.PromptQueue;
import dev.oriel.session.state.RunningTasks;
import dev.oriel.session.state.SessionDetails;
import dev.oriel.session.state.SessionModel;
import dev.oriel.session.state.TrustQuestion;
import dev.oriel.session.tools.ClientTools;
import dev.oriel.session.turn.SessionContext;
import dev.oriel.session.turn.TurnRunner;
import dev.oriel.session.turn.UnfinishedTurn;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One conversation as clients reach it: its agent, journal, queue, pending asks and subscribers.
///
/// **Threads.** Every method may be called from any thread and returns at once; the work is done on
/// the session's lane, in the order of the calls. Replies go to the subscriber that sent the
/// request.
///
/// **Structure.** Three layers that call each other in one direction only: commands of clients
/// ([dev.oriel.session.command]) call the running of turns ([dev.oriel.session.turn]), which calls
/// recording and fan-out ([dev.oriel.session.fanout]). All three read and write
/// [dev.oriel.session.state].
public final class Session {
    /// Bytes of prompts that may be on their way to the lane, which may be busy.
    private static final long MAX_BYTES_IN_TRANSIT = 32L * 1024 * 1024;

    private final AtomicLong bytesInTransit = new AtomicLong();
    private final UUID id;
    private final RunningTasks tasks;
    private final Lane lane;
    private final SessionTools tools;
    private final ClientDeclarations declarations;
    private final SessionOutput output;
    private final TurnRunner turns;
    private final PromptCommands prompts;
    private final ControlCommands controls;
    private final AskCommands asks;
    private final SessionCommands commands;
    private final BranchCommands branching;

    /// Opens a session that is stored in the journal.
    ///
    /// @param lane not used by anything else; the session closes it
    /// @throws JournalException if the journal cannot be read
    Session(SessionRecord record, AgentProvider provider, SessionContext context, Lane lane)
            throws JournalException {
        this.id = record.id();
        this.lane = lane;
        var clientTools = new ClientTools(context.timer(), context.budget());
        this.declarations = new ClientDeclarations(context.timer(), ClientTools.SERVER);
        boolean mayBypass = context.policy().mayBypass();
        var details = new SessionDetails(record, context.budget());
        var queue = new PromptQueue(context.journal(), id, mayBypass, context.budget());
        if (record.error() != null) {
            queue.markUnsent(record.error());
        }
        var model = new SessionModel(details, queue, new PendingAsks(), new TrustQuestion());
        this.tasks = model.tasks();
        this.output =
                new SessionOutput(
                        model,
                        lane,
                        context.journal(),
                        context.timer(),
                        context.clock(),
                        context.directory(),
                        record.lastSeq(),
                        UnfinishedTurn.find(context.journal(), record).orElse(null));
        this.turns =
                new TurnRunner(model, output, lane, provider, context, clientTools, declarations);
        this.prompts = new PromptCommands(model, output, turns);
        this.controls =
                new ControlCommands(
                        model,
                        output,
                        turns,
                        lane,
                        prompts,
                        new InitializeRequests(model, turns, declarations, lane),
                        mayBypass);
        this.asks = new AskCommands(model, output, turns, mayBypass);
        this.tools = new SessionTools(lane, clientTools, new ToolCommands(clientTools, turns));
        this.branching = new BranchCommands(model, output, turns);
        this.commands =
                new SessionCommands(model, output, turns, prompts, clientTools, declarations);
    }

    public UUID id() {
        return id;
    }

    /// Attaches a subscriber: it gets what comes after a position, without a gap and without a
    /// repeat, then the current state.
    ///
    /// @param after seq to begin after, 0 for the whole conversation; null for live events only
    public void subscribe(Subscriber subscriber, @Nullable Long after) {
        if (!lane.post(() -> output.subscribe(subscriber, after))) {
            subscriber.onDeleted();
        }
    }

    public void unsubscribe(Subscriber subscriber) {
        lane.post(() -> commands.unsubscribe(subscriber));
    }

    /// Queues a prompt that runs with what the session's owner has chosen.
    ///
    /// @param user a checked `user` message with a uuid
    public void prompt(Subscriber from, Message user) {
        enqueue(from, user, null);
    }

    /// Queues a guest's prompt. What the guest has chosen holds for this prompt and for no other.
    ///
    /// @param user a checked `user` message with a uuid
    public void prompt(Subscriber from, Message user, PromptSettings settings) {
        enqueue(from, user, settings);
    }

    private void enqueue(Subscriber from, Message user, @Nullable PromptSettings settings) {
        if (!lane.post(inTransit(from, user, settings))) {
            from.onDeleted();
        }
    }

    private Runnable inTransit(Subscriber from, Message user, @Nullable PromptSettings settings) {
        int size = user.bytes().length;
        long before = bytesInTransit.getAndAdd(size);
        if (before > 0 && before + size > MAX_BYTES_IN_TRANSIT) {
            bytesInTransit.addAndGet(-size);
            return () -> from.send(PromptCommands.tooMany());
        }
        return () -> {
            bytesInTransit.addAndGet(-size);
            prompts.enqueue(from, user, settings);
        };
    }

    /// Handles a control request of a client.
    public void request(Subscriber from, Message request) {
        lane.post(() -> controls.handle(from, request));
    }

    /// Handles a client's `control_response` to a request of the agent or the session.
    public void reply(Subscriber from, Message response) {
        if (!declarations.receiveResponse(from, response)) {
            lane.post(() -> asks.reply(from, response));
        }
    }

    /// Hands a user message to the running turn, at once and past the queue; it is journaled and
    /// published like a prompt. The agent takes it up at its next boundary, or in a turn of its own
    /// after this one, and the session runs until it has. If no turn runs, the message is dropped
    /// and the client gets a `command_lifecycle` with `cancelled`.
    ///
    /// @param user a checked `user` message with a uuid
    public void promptMidTurn(Subscriber from, Message user) {
        lane.post(() -> prompts.sendMidTurn(from, user));
    }

    /// Stops one prompt and no other: one that waits is cancelled, one that is being answered is
    /// interrupted. The outcome is published as always; a client whose prompt does not run gets a
    /// `command_lifecycle` of its own.
    public void interrupt(Subscriber from, UUID prompt) {
        lane.post(() -> prompts.interrupt(from, prompt));
    }

    /// Drops a prompt whose client has left: one that waits is cancelled; the agent that answers
    /// one is ended with it.
    public void abandon(UUID prompt) {
        lane.post(() -> prompts.abandon(prompt));
    }

    /// Stops the agent if it has no work; the next prompt starts another.
    public void stopAgentIfIdle() {
        turns.agent().stopIfIdle();
    }

    /// The ids of the tasks that the session's agent runs at this moment.
    Set<String> runningTasks() {
        return tasks.ids();
    }

    /// Seq of the last journaled message at this moment.
    long lastSeq() {
        return output.writtenSeq();
    }

    /// The tools that clients run for the agent.
    public SessionTools tools() {
        return tools;
    }

    /// Changes what the user may change.
    ///
    /// @return the session afterwards; fails with [JournalException] if it cannot be saved,
    ///   cancelled if the session was deleted a moment ago
    CompletableFuture<SessionView> update(SessionUpdate update) {
        var done = new CompletableFuture<SessionView>();
        if (!lane.post(() -> commands.update(update, done))) {
            done.cancel(false);
        }
        return done;
    }

    /// The session as the source of a branch.
    ///
    /// @return cancelled if the session was deleted a moment ago
    CompletableFuture<BranchSource> branchSource() {
        var done = new CompletableFuture<BranchSource>();
        if (!lane.post(() -> done.complete(branching.source()))) {
            done.cancel(false);
        }
        return done;
    }

    /// Rewinds the conversation, see [BranchCommands#rewind].
    ///
    /// @return the session afterwards; cancelled if it was deleted a moment ago
    CompletableFuture<SessionView> rewind(long before, BranchPoint point, Lineage known) {
        var done = new CompletableFuture<SessionView>();
        if (!lane.post(() -> branching.rewind(before, point, known, done))) {
            done.cancel(false);
        }
        return done;
    }

    /// Ends the session: its agent exits, queued prompts are cancelled. A later prompt reopens it.
    ///
    /// @return completes when the agent is gone
    CompletableFuture<Void> end() {
        var done = new CompletableFuture<Void>();
        if (!lane.post(() -> commands.end(done))) {
            done.complete(null); // deleted, and its agent with it
        }
        return done;
    }

    /// Denies asks that nobody can answer any more: the set of connected clients has changed.
    void onClientsChanged() {
        lane.post(turns.asks()::denyUnanswerable);
    }

    /// Stops the agent for good: the session is deleted or the server stops.
    ///
    /// @return completes when the agent is gone
    CompletableFuture<Void> stop() {
        var done = new CompletableFuture<Void>();
        if (!lane.post(() -> turns.agent().stopSession(done))) {
            done.complete(null); // deleted, and its agent with it
        }
        return done;
    }

    void close() {
        lane.close();
    }

    /// Ends the lane with its last step, so that no step of the session finds its rows missing.
    /// Then all subscribers are detached.
    ///
    /// @return completes after that; fails with what the step throws
    CompletableFuture<Void> delete(DeleteStep last) {
        var done = new CompletableFuture<Void>();
        boolean posted =
                lane.closeAfter(() -> {
                    try {
                        last.run();
                        commands.releaseAll();
                        done.complete(null);
                    } catch (JournalException e) {
                        commands.releaseAll();
                        done.completeExceptionally(e);
                    }
                });
        if (!posted) {
            done.complete(null); // another call deletes it
        }
        return done;
    }

    /// Deletes the session's rows.
    interface DeleteStep {
        void run() throws JournalException;
    }
}
