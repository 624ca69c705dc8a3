package dev.oriel.agent.api.context;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.history.History;
import dev.oriel.agent.api.turn.TurnSettings;
import dev.oriel.message.Json;
import java.util.List;

/// The reply to `get_context_usage`: what fills the context window. Pure.
public final class ContextUsage {
    private static final String MCP = "mcp__";

    private ContextUsage() {}

    /// @param instructions characters of the system prompt that are instructions of the user and
    ///   the project
    public static ObjectNode of(TurnSettings settings, History history, int instructions) {
        int window = settings.model().contextWindow();
        List<ObjectNode> tools = settings.tools().definitions();
        List<ObjectNode> own = tools.stream().filter(t -> !isMcp(t)).toList();
        List<ObjectNode> others = tools.stream().filter(ContextUsage::isMcp).toList();
        int memory = ContextBudget.tokens(instructions);
        int system = Math.max(0, ContextBudget.tokens(settings.system()) - memory);
        int ownTokens = ContextBudget.tokens(own);
        int mcpTokens = ContextBudget.tokens(others);
        int fixed = system + memory + ownTokens + mcpTokens;
        int used = Math.max(fixed, ContextBudget.used(settings, history));
        int buffer = Math.max(0, window - ContextBudget.threshold(settings));
        buffer = Math.min(buffer, Math.max(0, window - used));

        ObjectNode reply = Json.object();
        ArrayNode categories = reply.putArray("categories");
        add(categories, "system_prompt", "System prompt", system, "used");
        add(categories, "system_tools", "System tools", ownTokens, "used");
        add(categories, "mcp_tools", "MCP tools", mcpTokens, "used");
        add(categories, "memory_files", "Memory files", memory, "used");
        add(categories, "messages", "Messages", used - fixed, "used");
        add(categories, "autocompact_buffer", "Autocompact buffer", buffer, "buffer");
        add(categories, "free_space", "Free space", Math.max(0, window - used - buffer), "free");
        reply.put("totalTokens", used).put("maxTokens", window).put("rawMaxTokens", window);
        reply.put("percentage", window <= 0 ? 0 : (int) Math.round(100.0 * used / window));
        return reply.put("model", settings.model().id());
    }

    private static boolean isMcp(ObjectNode tool) {
        return tool.path("name").asText().startsWith(MCP);
    }

    private static void add(ArrayNode to, String id, String name, int tokens, String kind) {
        if (tokens > 0) {
            to.addObject()
                    .put("id", id)
                    .put("name", name)
                    .put("tokens", tokens)
                    .put("color", "inactive")
                    .put("kind", kind);
        }
    }
}
