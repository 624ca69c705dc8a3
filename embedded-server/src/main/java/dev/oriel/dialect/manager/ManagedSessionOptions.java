package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentOptions.SystemPrompt;
import dev.oriel.message.Json;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The validated `options` of a session (wire.md 5.3).
///
/// @param agentName an agent whose prompt replaces the system prompt
/// @param workingDirectory not checked yet
/// @param maxTokens stored and shown without an effect, as in the original; so is `temperature`
/// @param permissionMode null if the client chose none; then its tools run without an ask
/// @param history earlier messages, appended to the system prompt
/// @param original id of the conversation that is continued, stored and shown
/// @param rules tool uses that the client allows from the start
record ManagedSessionOptions(
        @Nullable String systemPrompt,
        @Nullable String agentName,
        List<ManagerTool> tools,
        @Nullable String workingDirectory,
        @Nullable Long maxTokens,
        @Nullable Double temperature,
        @Nullable String permissionMode,
        @Nullable String history,
        @Nullable String original,
        List<AllowRule> rules,
        ClientGeneration generation) {

    static final ManagedSessionOptions DEFAULTS =
            new ManagedSessionOptions(
                    null,
                    null,
                    ManagerTool.DEFAULTS,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    ClientGeneration.FIRST);

    private static final String BEFORE =
            "This conversation goes on with an earlier one. What was said in it:";

    /// Modes in which a tool runs only if the client, the user or a rule allows it.
    private static final Set<String> ASKING_MODES = Set.of("default", "manual", "plan", "dontAsk");

    ManagedSessionOptions {
        tools = tools.stream().distinct().toList();
        rules = List.copyOf(rules);
    }

    /// @param toolsNeedPermission whether the operator requires an ask for each tool use that
    ///   Claude itself does not permit
    /// @param agentPrompt prompt of the agent that the client named; null if it named none
    AgentOptions toAgentOptions(boolean toolsNeedPermission, @Nullable String agentPrompt) {
        return AgentOptions.NONE
                .withTools(named(t -> true))
                .withAllowedTools(
                        named(t ->
                                !toolsNeedPermission
                                        && (permissionMode == null || !t.needsPermission())))
                .withSystemPrompt(prompt(agentPrompt == null ? systemPrompt : agentPrompt));
    }

    private @Nullable SystemPrompt prompt(@Nullable String own) {
        if (history == null || history.isBlank()) {
            return own == null ? null : new SystemPrompt.Replacement(own);
        }
        String before = BEFORE + "\n\n" + history;
        return own == null
                ? new SystemPrompt.Addition(before)
                : new SystemPrompt.Replacement(own + "\n\n" + before);
    }

    /// Whether the permission mode runs tools that would ask in mode `default`.
    boolean skipsAsks() {
        return permissionMode != null && !ASKING_MODES.contains(permissionMode);
    }

    private List<String> named(Predicate<ManagerTool> which) {
        return tools.stream().filter(which).flatMap(t -> t.cliNames().stream()).distinct().toList();
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("system_prompt", systemPrompt);
        var names = json.putArray("tools");
        tools.forEach(t -> names.add(t.wireName()));
        json.put("working_directory", workingDirectory);
        json.put("max_tokens", maxTokens);
        json.put("temperature", temperature);
        if (permissionMode != null) {
            json.put("permission_mode", permissionMode);
        }
        if (agentName != null) {
            json.put("agent_name", agentName);
        }
        if (original != null) {
            json.put("original_conversation_id", original);
        }
        return json;
    }
}
