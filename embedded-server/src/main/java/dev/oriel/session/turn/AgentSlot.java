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

/// The session's agent, if one runs. Confined to the lane.
public final class AgentSlot {
    private final AgentProvider provider;
    private final Lane lane;
    private @Nullable Agent agent;
    private int generation;
    private boolean leaving;

    public AgentSlot(AgentProvider provider, Lane lane) {
        this.provider = provider;
        this.lane = lane;
    }

    /// See [AgentProvider#folderInspector()].
    @Nullable FolderInspector folders() {
        return provider.folderInspector();
    }

    /// The agent that can be spoken to. One that was told to leave takes nothing any more.
    @Nullable Agent running() {
        return leaving ? null : agent;
    }

    /// Whether an agent is there, be it on its way out.
    boolean isTaken() {
        return agent != null;
    }

    /// The running agent, or one that is started now. Not while one is leaving.
    Agent ensure(AgentLaunch launch) throws AgentUnavailableException {
        Agent a = agent;
        if (a == null) {
            int mine = ++generation;
            a = provider.start(launch, new Feeder(mine));
            agent = a;
            leaving = false;
        }
        return a;
    }

    /// Whether an event is of the agent that runs now. An agent that has exited is forgotten.
    boolean isCurrent(AgentInput input) {
        if (input.generation() != generation || agent == null) {
            return false;
        }
        if (input.event() instanceof AgentEvent.Exited) {
            agent = null;
        }
        return true;
    }

    void close() {
        if (agent != null) {
            leaving = true;
            agent.close();
        }
    }

    /// Puts events into the lane, marked with the agent they are of.
    private final class Feeder implements AgentListener {
        private final int mine;

        Feeder(int mine) {
            this.mine = mine;
        }

        @Override
        public void onEvent(AgentEvent event) {
            lane.postInput(List.of(new AgentInput(mine, event)));
        }

        @Override
        public void onEvent(List<AgentEvent> events) {
            lane.postInput(events.stream().map(e -> new AgentInput(mine, e)).toList());
        }
    }
}
