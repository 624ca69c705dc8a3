package dev.oriel.agent.cli.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentOptions.SystemPrompt;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.nio.charset.StandardCharsets;

/// Builds the `initialize` request of an agent, which the CLI receives before its first turn. It
/// contains the system prompt and subagents, because every program on the computer could read them
/// on a command line (wire.md 6.5).
public final class InitializeRequest {
    private InitializeRequest() {}

    /// @throws AgentUnavailableException if the subagents are not a JSON object
    public static ObjectNode of(AgentLaunch launch) throws AgentUnavailableException {
        ObjectNode request =
                Json.object().put("subtype", ControlSubtype.INITIALIZE).putNull("hooks");
        AgentOptions options = launch.options();
        switch (options.systemPrompt()) {
            case SystemPrompt.Replacement(String text) ->
                    request.putArray("systemPrompt").add(text);
            case SystemPrompt.Addition(String text) -> request.put("appendSystemPrompt", text);
            case null -> {
                // The CLI's own prompt.
            }
        }
        String agents = options.agents();
        if (agents != null) {
            try {
                request.set("agents", Json.parseObject(agents.getBytes(StandardCharsets.UTF_8)));
            } catch (MalformedMessageException e) {
                throw new AgentUnavailableException("The subagents are not a JSON object.", e);
            }
        }
        request.setAll(launch.clients().declarations());
        return request;
    }
}
