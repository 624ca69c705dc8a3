package dev.oriel.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Options of an agent that hold for a whole session, besides its model and permission mode.
/// Immutable.
///
/// @param allowedTools rules of the tools that run without an ask, for example `Read` or `Bash(git
///   log:*)`
/// @param tools names of the built-in tools that are available; null for all
/// @param systemPrompt null for the agent's default
/// @param agents subagents by name, the text of a JSON object; null for none
/// @param maxThinkingTokens maximum number of thinking tokens per response; null for the agent's
///   default
/// @param account the account of the Messages API; null for the default one. Other agents ignore it
public record AgentOptions(
        List<String> allowedTools,
        @Nullable List<String> tools,
        @Nullable SystemPrompt systemPrompt,
        @Nullable String agents,
        @Nullable Integer maxThinkingTokens,
        @Nullable String account) {

    public static final AgentOptions NONE =
            new AgentOptions(List.of(), null, null, null, null, null);

    /// With the default account.
    public AgentOptions(
            List<String> allowedTools,
            @Nullable List<String> tools,
            @Nullable SystemPrompt systemPrompt,
            @Nullable String agents,
            @Nullable Integer maxThinkingTokens) {
        this(allowedTools, tools, systemPrompt, agents, maxThinkingTokens, null);
    }

    public AgentOptions {
        allowedTools = List.copyOf(allowedTools);
        tools = tools == null ? null : List.copyOf(tools);
    }

    /// A system prompt from a client.
    public sealed interface SystemPrompt {
        String text();

        /// Replaces the agent's own system prompt.
        record Replacement(String text) implements SystemPrompt {}

        /// Is appended to the agent's own system prompt.
        record Addition(String text) implements SystemPrompt {}
    }

    public AgentOptions withAllowedTools(List<String> rules) {
        return new AgentOptions(rules, tools, systemPrompt, agents, maxThinkingTokens, account);
    }

    public AgentOptions withTools(@Nullable List<String> names) {
        return new AgentOptions(
                allowedTools, names, systemPrompt, agents, maxThinkingTokens, account);
    }

    public AgentOptions withSystemPrompt(@Nullable SystemPrompt prompt) {
        return new AgentOptions(allowedTools, tools, prompt, agents, maxThinkingTokens, account);
    }

    public AgentOptions withAgents(@Nullable String json) {
        return new AgentOptions(
                allowedTools, tools, systemPrompt, json, maxThinkingTokens, account);
    }

    public AgentOptions withMaxThinkingTokens(@Nullable Integer tokens) {
        return new AgentOptions(allowedTools, tools, systemPrompt, agents, tokens, account);
    }

    public AgentOptions withAccount(@Nullable String id) {
        return new AgentOptions(allowedTools, tools, systemPrompt, agents, maxThinkingTokens, id);
    }

    /// The form that the journal stores. A member that is absent has its default.
    public String toJson() {
        ObjectNode json = Json.object();
        if (!allowedTools.isEmpty()) {
            allowedTools.forEach(json.putArray("allowed_tools")::add);
        }
        if (tools != null) {
            tools.forEach(json.putArray("tools")::add);
        }
        switch (systemPrompt) {
            case SystemPrompt.Replacement(String text) -> json.put("system_prompt", text);
            case SystemPrompt.Addition(String text) -> json.put("append_system_prompt", text);
            case null -> {
                // The agent's default.
            }
        }
        if (agents != null) {
            json.put("agents", agents);
        }
        if (maxThinkingTokens != null) {
            json.put("max_thinking_tokens", maxThinkingTokens);
        }
        if (account != null) {
            json.put("account", account);
        }
        return new String(Json.encode(json), StandardCharsets.UTF_8);
    }

    /// @param json text from [#toJson]
    /// @throws IllegalArgumentException if the text is not a JSON object
    public static AgentOptions fromJson(String json) {
        ObjectNode node = Json.parseStored(json);
        SystemPrompt prompt = null;
        if (node.path("system_prompt").isTextual()) {
            prompt = new SystemPrompt.Replacement(node.path("system_prompt").textValue());
        } else if (node.path("append_system_prompt").isTextual()) {
            prompt = new SystemPrompt.Addition(node.path("append_system_prompt").textValue());
        }
        JsonNode thinking = node.path("max_thinking_tokens");
        return new AgentOptions(
                texts(node.path("allowed_tools")),
                node.path("tools").isArray() ? texts(node.path("tools")) : null,
                prompt,
                node.path("agents").textValue(),
                thinking.isInt() ? thinking.intValue() : null,
                node.path("account").textValue());
    }

    /// The account in what [#toJson] has made, also with members of others.
    ///
    /// @param json null for no options
    public static @Nullable String accountOf(@Nullable String json) {
        return json == null || !json.contains("\"account\"")
                ? null
                : Json.parseStored(json).path("account").textValue();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(t -> texts.add(t.asText()));
        return texts;
    }
}
