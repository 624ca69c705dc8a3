package dev.oriel.agent.demo;

import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentStatus;

/// Starts demo agents, which need no network, account or process. Always ready.
///
/// A demo agent emits messages in the CLI's format (observed with 2.1.329), asks for permission
/// before it simulates a tool call, and states in every turn that it is a demo. It reads no files,
/// runs no commands and opens no connections.
public final class DemoProvider implements AgentProvider {
    private final DemoPace pace;

    public DemoProvider() {
        this(DemoPace.natural());
    }

    public DemoProvider(DemoPace pace) {
        this.pace = pace;
    }

    @Override
    public String kind() {
        return "demo";
    }

    @Override
    public AgentStatus status() {
        return new AgentStatus.Ready(null, null);
    }

    @Override
    public Agent start(AgentLaunch launch, AgentListener listener) {
        DemoAgent agent = new DemoAgent(launch, listener, pace);
        agent.start();
        return agent;
    }
}
