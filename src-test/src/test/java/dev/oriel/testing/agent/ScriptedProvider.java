package dev.oriel.testing.agent;

import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentStatus;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.agent.FolderInspector;
import dev.oriel.agent.McpRegistry;
import dev.oriel.testing.await.Patience;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// Starts [ScriptedAgent]s, or fails on demand.
public final class ScriptedProvider implements AgentProvider {
    private final List<ScriptedAgent> agents = new CopyOnWriteArrayList<>();
    private volatile @Nullable String unavailableReason;
    private volatile @Nullable FolderInspector folderInspector;
    private volatile @Nullable McpRegistry mcpRegistry;
    private volatile @Nullable RuntimeException nextFailure;

    @Override
    public String kind() {
        return "cli";
    }

    @Override
    public AgentStatus status() {
        String what = unavailableReason;
        return what == null
                ? new AgentStatus.Ready("1.0", "/somewhere/claude")
                : new AgentStatus.Missing(what, "Install it.");
    }

    /// Sets the message with which further starts fail; null lets them succeed again.
    public void setUnavailable(@Nullable String what) {
        unavailableReason = what;
    }

    /// Makes the next start throw, and no other one.
    public void failNextStart(RuntimeException bug) {
        nextFailure = bug;
    }

    /// Sets how sessions that are opened later inspect their folders; null if they do not.
    public void setFolderInspector(@Nullable FolderInspector inspector) {
        folderInspector = inspector;
    }

    @Override
    public @Nullable FolderInspector folderInspector() {
        return folderInspector;
    }

    /// Sets what adds MCP servers; null if nothing does.
    public void setMcpRegistry(@Nullable McpRegistry registry) {
        mcpRegistry = registry;
    }

    @Override
    public @Nullable McpRegistry mcpRegistry() {
        return mcpRegistry;
    }

    @Override
    public Agent start(AgentLaunch launch, AgentListener listener)
            throws AgentUnavailableException {
        RuntimeException bug = nextFailure;
        if (bug != null) {
            nextFailure = null;
            throw bug;
        }
        String what = unavailableReason;
        if (what != null) {
            throw new AgentUnavailableException(what);
        }
        var agent = new ScriptedAgent(launch, listener);
        agents.add(agent);
        return agent;
    }

    public List<ScriptedAgent> agents() {
        return agents;
    }

    /// The nth agent that was started (from 0). Waits until it has received the given number of
    /// prompts.
    public ScriptedAgent awaitAgent(int n, int prompts) {
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> agents.size() > n && agents.get(n).prompts().size() >= prompts);
        return agents.get(n);
    }
}
