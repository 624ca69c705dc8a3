package dev.oriel.session.turn;

import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentStatus;
import dev.oriel.agent.AgentUnavailableException;

/// The provider of sessions whose kind of agent this server does not offer.
public record UnknownAgentProvider(String kind) implements AgentProvider {
    @Override
    public AgentStatus status() {
        return new AgentStatus.Missing(sentence(), "Start the server with it.");
    }

    @Override
    public Agent start(AgentLaunch launch, AgentListener listener)
            throws AgentUnavailableException {
        throw new AgentUnavailableException(sentence());
    }

    private String sentence() {
        return "This session was made with the agent “%s”, which this server does not offer."
                .formatted(kind);
    }
}
