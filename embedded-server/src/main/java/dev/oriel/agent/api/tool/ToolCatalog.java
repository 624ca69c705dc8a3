package dev.oriel.agent.api.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tools of one agent at one time, by name. Immutable.
public final class ToolCatalog {
    private final Map<String, Tool> tools = new TreeMap<>();

    /// If two tools have the same name, the first one counts.
    ///
    /// @param enabled names of the tools that are available; null for all. Those of MCP servers and
    ///   clients are available in any case
    public ToolCatalog(Collection<? extends Tool> tools, @Nullable List<String> enabled) {
        for (Tool tool : tools) {
            if (enabled == null || isEnabled(tool.name(), enabled)) {
                this.tools.putIfAbsent(tool.name(), tool);
            }
        }
    }

    private static boolean isEnabled(String name, List<String> enabled) {
        return name.startsWith("mcp__")
                || enabled.contains(name)
                || (name.equals("Agent") && enabled.contains("Task"));
    }

    /// @return null if there is no such tool
    public @Nullable Tool find(String name) {
        // "Task" is the name of the tool in older conversations and in rules.
        Tool tool = tools.get(name);
        return tool == null && name.equals("Task") ? tools.get("Agent") : tool;
    }

    /// Sorted.
    public List<String> names() {
        return List.copyOf(tools.keySet());
    }

    /// The definitions for a request, sorted by name so that the API's cache keeps them.
    public List<ObjectNode> definitions() {
        return tools.values().stream().map(ToolCatalog::definition).toList();
    }

    private static ObjectNode definition(Tool tool) {
        ObjectNode json =
                Json.object().put("name", tool.name()).put("description", tool.description());
        json.set("input_schema", tool.inputSchema());
        return json;
    }
}
