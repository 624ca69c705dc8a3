package dev.oriel.session.turn;

import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.agent.FolderInspector;
import dev.oriel.session.lane.AgentInput;
import dev.oriel.session.lane.Lane;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The session's agent: none, one that runs, or one that is exiting. Confined to the lane.
final class AgentSlot {
    private final AgentProvider provider;
    private final Lane lane;
    private final Lane.Worker worker;
    private State state = new State.Empty();
    private int generation;

    private sealed interface State {
        record Empty() implements State {}

        /// @param outdated true if another agent must run the next prompt: the options, the login
        ///   or the trust in the folder changed since this one started, or the prompt has settings
        ///   of its own
        record Running(Agent agent, boolean outdated) implements State {}

        /// Closed, but not exited yet; accepts nothing any more.
        ///
        /// @param discarded true if nothing that it still emits counts
        record Exiting(Agent agent, boolean discarded) implements State {}
    }

    /// @param worker processes the agent's events on the lane
    AgentSlot(AgentProvider provider, Lane lane, Lane.Worker worker) {
        this.provider = provider;
        this.lane = lane;
        this.worker = worker;
    }

    /// See [AgentProvider#folderInspector()].
    @Nullable FolderInspector folderInspector() {
        return provider.folderInspector();
    }

    /// The agent that accepts prompts and requests; null if there is none or it is exiting.
    @Nullable Agent running() {
        return state instanceof State.Running(Agent agent, boolean _) ? agent : null;
    }

    /// True while there is an agent, even one that is exiting.
    boolean isTaken() {
        return !(state instanceof State.Empty);
    }

    boolean isOutdated() {
        return state instanceof State.Running(Agent _, boolean outdated) && outdated;
    }

    /// Starts an agent.
    ///
    /// @throws IllegalStateException if there is one already
    Agent start(AgentLaunch launch) throws AgentUnavailableException {
        if (isTaken()) {
            throw new IllegalStateException("the session has an agent");
        }
        int mine = ++generation;
        Agent agent = provider.start(launch, new InputListener(mine));
        state = new State.Running(agent, false);
        return agent;
    }

    /// Marks the running agent as one that must be replaced before the next prompt.
    void markOutdated() {
        if (state instanceof State.Running(Agent agent, boolean _)) {
            state = new State.Running(agent, true);
        }
    }

    /// Accepts an event unless it is a late one of an agent that was replaced or discarded. After
    /// [AgentEvent.Exited] the slot is empty.
    boolean accept(AgentInput input) {
        if (input.generation() != generation || !isTaken()) {
            return false;
        }
        if (input.event() instanceof AgentEvent.Exited) {
            state = new State.Empty();
            return true;
        }
        return !(state instanceof State.Exiting(Agent _, boolean discarded) && discarded);
    }

    /// Tells the agent to exit, and ignores what it emits until [AgentEvent.Exited].
    void discard() {
        close();
        if (state instanceof State.Exiting(Agent agent, boolean _)) {
            state = new State.Exiting(agent, true);
        }
    }

    /// Tells the agent to exit. [AgentEvent.Exited] follows.
    void close() {
        switch (state) {
            case State.Running(Agent agent, boolean _) -> {
                state = new State.Exiting(agent, false);
                agent.close();
            }
            case State.Exiting(Agent agent, boolean _) -> agent.close();
            case State.Empty _ -> {
                // Nothing to close.
            }
        }
    }

    /// Posts an agent's events to the lane, marked with the agent's number.
    private final class InputListener implements AgentListener {
        private final int mine;

        InputListener(int mine) {
            this.mine = mine;
        }

        @Override
        public void onEvent(AgentEvent event) {
            lane.postInput(List.of(new AgentInput(mine, event)), worker);
        }

        @Override
        public void onEvents(List<AgentEvent> events) {
            lane.postInput(events.stream().map(e -> new AgentInput(mine, e)).toList(), worker);
        }
    }
}
