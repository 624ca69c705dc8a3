package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentStatus;
import dev.oriel.dialect.HttpReply;
import dev.oriel.message.Json;
import dev.oriel.session.Sessions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /v1/agents`: the kinds of agents, what is missing for those that cannot be used, and
/// whether sessions may run without asking for permissions.
final class AgentRoute {
    private final Sessions sessions;
    private final List<AgentStatusCache> agents;

    AgentRoute(Sessions sessions) {
        this.sessions = sessions;
        this.agents =
                sessions.agents().stream()
                        .map(provider -> new AgentStatusCache(provider, System::nanoTime))
                        .toList();
    }

    /// The status of an agent may have changed.
    void forget() {
        agents.forEach(AgentStatusCache::forget);
    }

    /// @param refresh whether to check again instead of replying from what was found before
    HttpReply reply(boolean refresh) throws InterruptedException {
        ObjectNode reply =
                Json.object()
                        .put("default", sessions.defaultAgent())
                        .put("may_bypass", sessions.mayBypass());
        var list = reply.putArray("agents");
        for (AgentStatusCache known : agents) {
            ObjectNode agent = list.addObject().put("kind", known.provider().kind());
            switch (known.get(refresh)) {
                case AgentStatus.Ready ready -> {
                    agent.put("status", "ready");
                    put(agent, "version", ready.version());
                    put(agent, "where", ready.where());
                }
                case AgentStatus.NotLoggedIn out -> {
                    agent.put("status", "not_logged_in");
                    put(agent, "version", out.version());
                    agent.put("where", out.where()).put("remedy", out.remedy());
                }
                case AgentStatus.Missing(String what, String remedy) ->
                        agent.put("status", "missing").put("what", what).put("remedy", remedy);
            }
        }
        return HttpReply.json(200, reply);
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
