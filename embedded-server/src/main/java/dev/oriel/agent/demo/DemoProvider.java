package dev.oriel.agent.demo;

import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentStatus;

/// Starts demo agents: offline, without an account, without a process. Always ready.
///
/// A demo agent speaks the messages of the CLI (shapes as seen with 2.1.329), asks before it
/// pretends to do something, and says at every turn that it is a demo. It reads no file, runs no
/// command and opens no connection.
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
