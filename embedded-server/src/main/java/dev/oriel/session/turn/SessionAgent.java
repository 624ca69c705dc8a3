package dev.oriel.session.turn;

import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentUnavailableException;
import org.jspecify.annotations.Nullable;

/// The life of the session's agent: started when it is needed, ended when it has had nothing to do
/// for long or another session needs its place. Confined to the lane, but for what the pool calls.
public final class SessionAgent implements AgentPool.Member {
    private final SessionCore core;
    private final AgentSlot slot;
    private final AgentPool pool;
    private final Runnable pump;
    private final IdleTimer sleep;
    public final FolderTrustCheck gate;

    /// What it works on.
    final AgentActivity work = new AgentActivity();

    /// Whether it was started with what is no longer wanted.
    private boolean outdated;

    /// @param pump begins the next prompt; run on the lane when there is a place for an agent
    SessionAgent(SessionCore core, AgentSlot slot, SessionContext around, Runnable pump) {
        this.core = core;
        this.slot = slot;
        this.pool = around.pool();
        this.pump = pump;
        this.gate =
                new FolderTrustCheck(
                        core,
                        around.trusted(),
                        around.policy().trustFolders() ? null : slot.folders(),
                        () -> {
                            pump.run();
                            core.agentMayStart();
                            core.flush();
                        });
        this.sleep = new IdleTimer(around.timer(), around.policy().idleTimeout(), this::stopIfIdle);
    }

    /// The agent, started if need be.
    ///
    /// @return null if there can be none now. Where all places are taken the pool calls back; where
    ///   the one before is still leaving, its end does
    public @Nullable Agent ensure() throws AgentUnavailableException {
        Agent running = slot.running();
        if (running != null) {
            return running;
        }
        if (core.isClosing() || slot.isTaken()) {
            return null;
        }
        Boolean trusted = gate.verdict();
        if (trusted == null || !pool.acquire(this)) {
            return null;
        }
        try {
            Agent agent = slot.ensure(core.launch(trusted));
            core.details.agentStarted();
            // Before its first prompt, which comes behind them.
            core.details.controls.requests().forEach(agent::replayControlRequest);
            work.reset();
            outdated = false;
            sleep.later();
            return agent;
        } catch (AgentUnavailableException e) {
            pool.release(this);
            throw e;
        }
    }

    /// Whether an agent will be there in a moment, or the one before is still leaving.
    public boolean isStarting() {
        return slot.isTaken() || gate.isLooking();
    }

    /// It has work to do.
    void works() {
        sleep.notNow();
    }

    /// One that has nothing to do any more may give its place to another one.
    void restIfDone() {
        if (isAtRest()) {
            pool.onIdle(this);
            sleep.later();
        }
    }

    /// Whether nothing would be lost if it ended now.
    private boolean isAtRest() {
        return core.state().currentTurn().isEmpty() && core.asks.isEmpty() && work.isAtRest();
    }

    /// The next turn needs one that is started otherwise: one that rests leaves now, one that works
    /// when its turn is over.
    public void renew() {
        outdated = slot.isTaken();
        closeIfOutdated();
    }

    void closeIfOutdated() {
        if (outdated && core.state().currentTurn().isEmpty()) {
            slot.close();
        }
    }

    /// It has ended by itself.
    void gone() {
        pool.release(this);
        work.reset();
    }

    /// Ends it, whatever it does, and tells when it is gone.
    void leave() {
        if (slot.isTaken()) {
            slot.close();
        } else {
            pool.release(this);
            core.agentGone();
        }
    }

    @Override
    public void stopIfIdle() {
        core.lane()
                .post(() -> {
                    if (isAtRest()) {
                        slot.close();
                    }
                });
    }

    @Override
    public void onPlaceFree() {
        core.lane()
                .post(() -> {
                    pump.run();
                    if (!slot.isTaken() && (core.prompts.isEmpty() || core.isClosing())) {
                        pool.release(this);
                    }
                });
    }
}
