package dev.oriel.session.turn;

import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentSecrets;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.journal.Journal;
import dev.oriel.session.api.PromptSettings;
import dev.oriel.session.api.SessionState.Trigger;
import dev.oriel.session.api.WorkingFolder;
import dev.oriel.session.branch.JournalConversationLog;
import dev.oriel.session.control.ClientDeclarations;
import dev.oriel.session.fanout.SessionOutput;
import dev.oriel.session.lane.Lane;
import dev.oriel.session.state.SessionDetails;
import dev.oriel.session.state.SessionModel;
import dev.oriel.session.tools.ClientTools;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Life cycle of the session's agent: started when it is needed, stopped after a time without work
/// or when another session needs its place. Confined to the lane, except [#stopIfIdle()] and
/// [#onPlaceFree()].
public final class SessionAgent implements AgentPool.Member {
    private final SessionModel model;
    private final SessionOutput output;
    private final Lane lane;
    private final AgentSlot slot;
    private final AgentPool pool;
    private final Journal journal;
    private final ClientTools tools;
    private final ClientDeclarations declarations;
    private final Runnable startNext;
    private final IdleTimer idle;
    private final FolderTrustCheck trust;
    private final AgentActivity activity;
    private final List<Runnable> whenStartable = new ArrayList<>();
    private final SessionShutdown shutdown = new SessionShutdown();

    /// @param startNext starts the next prompt; called on the lane when an agent may be started
    SessionAgent(
            SessionModel model,
            SessionOutput output,
            Lane lane,
            AgentSlot slot,
            SessionContext context,
            ClientTools tools,
            ClientDeclarations declarations,
            Runnable startNext) {
        this.model = model;
        this.activity = new AgentActivity(model.tasks());
        this.output = output;
        this.lane = lane;
        this.slot = slot;
        this.pool = context.pool();
        this.journal = context.journal();
        this.tools = tools;
        this.declarations = declarations;
        this.startNext = startNext;
        this.trust =
                new FolderTrustCheck(
                        model,
                        output,
                        lane,
                        context.trusted(),
                        context.policy().trustFolders() ? null : slot.folderInspector());
        this.idle =
                new IdleTimer(context.timer(), context.policy().idleTimeout(), this::stopIfIdle);
    }

    /// The agent that accepts prompts and requests, if one runs.
    public @Nullable Agent running() {
        return slot.running();
    }

    /// The running agent, started if need be.
    ///
    /// @return null if none can run now. If all places are taken, the pool calls back; if the agent
    ///   before is still exiting or the folder is being inspected, that calls back
    public @Nullable Agent start() throws AgentUnavailableException {
        Agent running = slot.running();
        if (running != null) {
            return running;
        }
        if (isShuttingDown() || slot.isTaken()) {
            return null;
        }
        FolderTrustCheck.Result result = trust.takeResult(this::onInspected);
        if (result == FolderTrustCheck.Result.UNKNOWN || !pool.acquire(this)) {
            return null;
        }
        try {
            Agent agent = slot.start(launch(result == FolderTrustCheck.Result.TRUSTED));
            model.details().resetAgentCost();
            // Before the first prompt, which is sent after them.
            model.details().savedControls().requests().forEach(agent::replayControlRequest);
            activity.reset();
            idle.restart();
            return agent;
        } finally {
            if (!slot.isTaken()) {
                pool.release(this); // the start has failed
            }
        }
    }

    private void onInspected() {
        startNext.run();
        runWhenStartable();
        releaseUnneededPlace(); // what needed it may have been cancelled
        output.flush();
    }

    /// @throws AgentUnavailableException if this process cannot name the session's folder
    private AgentLaunch launch(boolean folderTrusted) throws AgentUnavailableException {
        SessionDetails details = model.details();
        PromptSettings guest = details.guestSettings();
        return new AgentLaunch(
                details.nextConversation(),
                WorkingFolder.parse(details.cwd()),
                guest == null ? details.model() : guest.model(),
                guest == null ? details.permissionMode() : guest.permissionMode(),
                guest == null ? details.options() : guest.options(),
                guest == null ? AgentSecrets.NONE : guest.secrets(),
                tools,
                declarations,
                folderTrusted,
                new JournalConversationLog(journal, details.id(), details.lineage()));
    }

    /// True while an agent is about to start, or the one before is still exiting.
    public boolean isStarting() {
        return slot.isTaken() || trust.isInspecting();
    }

    /// Runs something once, when an agent that could not be started may be startable.
    public void whenStartable(Runnable then) {
        whenStartable.add(then);
    }

    private void runWhenStartable() {
        List<Runnable> due = List.copyOf(whenStartable);
        whenStartable.clear();
        due.forEach(Runnable::run);
    }

    /// The question whether the session's folder is trusted.
    public FolderTrustCheck trust() {
        return trust;
    }

    AgentActivity activity() {
        return activity;
    }

    /// The agent has work: it is not stopped for being idle.
    void cancelIdleTimer() {
        idle.cancel();
    }

    /// Offers the place of an agent without work to another session, and restarts the idle timer.
    void offerPlaceIfIdle() {
        if (isIdle()) {
            pool.onIdle(this);
            idle.restart();
        }
    }

    /// True if nothing would be lost if the agent exited now.
    private boolean isIdle() {
        return model.details().state().currentTurn().isEmpty()
                && model.asks().isEmpty()
                && activity.isAtRest();
    }

    /// Has the next turn run with a new agent: one without a turn exits now, any other one after
    /// its turn.
    public void replaceBeforeNextTurn() {
        slot.markOutdated();
        closeIfOutdated();
    }

    void closeIfOutdated() {
        if (slot.isOutdated() && model.details().state().currentTurn().isEmpty()) {
            slot.close();
        }
    }

    /// Ends the agent, which has no turn, because its conversation is not the session's any more.
    /// What it still emits is ignored: it may be about to answer for a background task.
    public void discard() {
        slot.discard();
        activity.reset();
    }

    /// Ends the agent whatever it does.
    public void close() {
        slot.close();
    }

    /// Takes note that the agent has exited, for whatever reason.
    void onExited() {
        pool.release(this);
        if (!model.tasks().ids().isEmpty()) {
            output.markChanged(); // its tasks have ended with it
        }
        activity.reset();
    }

    /// Ends the session: its agent exits, a later prompt reopens it.
    ///
    /// @param done completed when the agent is gone
    public void endSession(CompletableFuture<Void> done) {
        shutdown.end(done);
        exit();
    }

    /// Stops the agent and starts none any more.
    ///
    /// @param done completed when the agent is gone
    public void stopSession(CompletableFuture<Void> done) {
        shutdown.stop(done);
        exit();
    }

    private void exit() {
        if (slot.isTaken()) {
            slot.close();
        } else {
            startNext.run(); // finishes a turn that waits for an agent
            pool.release(this);
            afterExit();
        }
    }

    /// Finishes what waited for the agent to exit.
    void afterExit() {
        if (shutdown.takeEnd()) {
            output.apply(new Trigger.SessionEnded());
            output.flush();
            startNext.run(); // a prompt that arrived in the meantime reopens the session
        }
        completeWaiting();
        runWhenStartable();
    }

    /// Completes what waits for the agent to exit: it has, or the session was deleted.
    public void completeWaiting() {
        shutdown.complete();
    }

    boolean isShuttingDown() {
        return shutdown.isUnderWay();
    }

    /// Any thread.
    @Override
    public void stopIfIdle() {
        lane.post(() -> {
            if (isIdle()) {
                slot.close();
            }
        });
    }

    /// Any thread.
    @Override
    public void onPlaceFree() {
        lane.post(() -> {
            startNext.run();
            releaseUnneededPlace();
        });
    }

    private void releaseUnneededPlace() {
        if (!slot.isTaken() && !needsPlace()) {
            pool.release(this);
        }
    }

    /// True if a prompt waits for an agent: in a queue that is not held, or as that of the current
    /// turn.
    private boolean needsPlace() {
        boolean waits =
                model.prompts().isReady() || model.details().state().currentTurn().isPresent();
        return waits && !isShuttingDown();
    }
}
