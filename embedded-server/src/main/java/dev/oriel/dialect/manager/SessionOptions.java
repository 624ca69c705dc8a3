package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentOptions.SystemPrompt;
import dev.oriel.message.Json;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The `options` of a session as its client gave them, checked (protocols: section 5.3).
///
/// @param workingDirectory not looked for yet
/// @param maxTokens kept and shown, without effect, as in the system itself; so is `temperature`
/// @param permissionMode null where the client gave none: then its tools run without a question
record SessionOptions(
        @Nullable String systemPrompt,
        List<Tool> tools,
        @Nullable String workingDirectory,
        @Nullable Long maxTokens,
        @Nullable Double temperature,
        @Nullable String permissionMode) {

    static final SessionOptions STANDARD =
            new SessionOptions(null, Tool.STANDARD, null, null, null, null);

    /// The modes in which a tool runs only where the client, a person or a rule allows it.
    private static final Set<String> ASKING_MODES = Set.of("default", "manual", "plan", "dontAsk");

    SessionOptions {
        tools = tools.stream().distinct().toList();
    }

    /// @param toolsAsk whether the operator wants every tool to ask that Claude itself does not let
    ///   run
    AgentOptions forAgent(boolean toolsAsk) {
        return AgentOptions.NONE
                .withTools(named(t -> true))
                .withAllowedTools(named(t -> !toolsAsk && (permissionMode == null || !t.asks())))
                .withSystemPrompt(
                        systemPrompt == null ? null : new SystemPrompt.Whole(systemPrompt));
    }

    /// Whether the permission mode lets tools run that would ask in the usual one.
    boolean skipsAsks() {
        return permissionMode != null && !ASKING_MODES.contains(permissionMode);
    }

    private List<String> named(Predicate<Tool> which) {
        return tools.stream().filter(which).flatMap(t -> t.cli().stream()).toList();
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("system_prompt", systemPrompt);
        var names = json.putArray("tools");
        tools.forEach(t -> names.add(t.wire()));
        json.put("working_directory", workingDirectory);
        json.put("max_tokens", maxTokens);
        json.put("temperature", temperature);
        if (permissionMode != null) {
            json.put("permission_mode", permissionMode);
        }
        return json;
    }
}
