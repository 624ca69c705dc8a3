package dev.oriel.agent.cli.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentOptions.SystemPrompt;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.nio.charset.StandardCharsets;

/// The `initialize` request of an agent: what it is told before its first turn. Prompts and
/// subagents go here and not on the command line, where every program of the machine could read
/// them (wire.md 6.5).
public final class InitializeRequest {
    private InitializeRequest() {}

    /// @throws AgentUnavailableException if the subagents are no JSON object
    public static ObjectNode of(AgentLaunch launch) throws AgentUnavailableException {
        ObjectNode request = Json.object().put("subtype", "initialize").putNull("hooks");
        AgentOptions options = launch.options();
        switch (options.systemPrompt()) {
            case SystemPrompt.Replacement(String text) ->
                    request.putArray("systemPrompt").add(text);
            case SystemPrompt.Addition(String text) -> request.put("appendSystemPrompt", text);
            case null -> {
                // The CLI's own.
            }
        }
        String agents = options.agents();
        if (agents != null) {
            try {
                request.set("agents", Json.parseObject(agents.getBytes(StandardCharsets.UTF_8)));
            } catch (MalformedMessageException e) {
                throw new AgentUnavailableException("The subagents are no JSON object.", e);
            }
        }
        request.setAll(launch.clients().declarations());
        return request;
    }
}
